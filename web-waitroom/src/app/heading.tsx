import { createContext, type ReactNode, useContext, useEffect } from 'react';

export type Titled = (heading: string) => string;

const Context = createContext<Titled | null>(null);

export function TitleProvider({ value, children }: { value: Titled; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** A page's heading. It also sets the tab's title. */
export function Heading({ children }: { children: string }) {
  const titled = useContext(Context);
  if (!titled) throw new Error('Outside of TitleProvider');
  useEffect(() => {
    document.title = titled(children);
  }, [children, titled]);
  return <h1>{children}</h1>;
}
