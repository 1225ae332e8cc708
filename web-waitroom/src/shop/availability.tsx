import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { useAppContext } from './app-context.tsx';

export function Availability({ of }: { of: ProductDocument['availability'] }) {
  const { t } = useAppContext();
  return (
    <span className="availability" data-availability={of}>
      {t(`availability.${of}`)}
    </span>
  );
}
