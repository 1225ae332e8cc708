/** The used part of Stripe.js: https://docs.stripe.com/js. */
export type StripeFactory = (publishableKey: string, options?: { locale?: string }) => StripeJs;

type Fault = { message?: string };
export type StripeJs = {
  elements(options: ElementsOptions): CardElements;
  createPaymentMethod(of: {
    elements: CardElements;
  }): Promise<{ paymentMethod?: { id: string }; error?: Fault }>;
};
export type ElementsOptions = {
  mode: 'payment';
  /** Minor units. */
  amount: number;
  /** Lower case. */
  currency: string;
  paymentMethodCreation: 'manual';
  paymentMethodTypes: ['card'];
  appearance: { theme: 'stripe' | 'night' };
};
export type CardElements = {
  create(type: 'payment'): CardElement;
  update(change: Pick<ElementsOptions, 'amount'>): void;
  submit(): Promise<{ error?: Fault }>;
};
export type CardElement = {
  mount(place: HTMLElement): void;
  on(event: 'ready' | 'loaderror', handler: () => void): void;
  update(change: { readOnly: boolean }): void;
  destroy(): void;
};

let loading: Promise<StripeFactory> | null = null;

/**
 * Loads the script once; after a failure the next call tries again. Stripe requires that it comes from its own address.
 */
export function loadStripe(address: string): Promise<StripeFactory> {
  loading ??= load(address).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

function load(address: string): Promise<StripeFactory> {
  const script = Object.assign(document.createElement('script'), { src: address, async: true });
  const loaded = new Promise<StripeFactory>((resolve, reject) => {
    script.onload = () => {
      // Stripe's script puts it there.
      const { Stripe } = globalThis as { Stripe?: StripeFactory };
      if (Stripe) resolve(Stripe);
      else reject(new Error('The script is not Stripe.js'));
    };
    script.onerror = () => reject(new Error('The script could not be loaded'));
  });
  document.head.append(script);
  return loaded;
}
