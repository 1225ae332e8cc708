// The part of Stripe.js that a shop needs to take cards: elements with a payment element, and createPaymentMethod. As
// with the real one, card numbers are typed into a frame of this server, which the shop's page cannot read.
(() => {
  const { origin } = new URL(document.currentScript.src);

  function Stripe(publishableKey) {
    return {
      elements: (options) => createElements(publishableKey, options),
      createPaymentMethod: ({ elements }) => elements.ask('tokenize'),
    };
  }

  function createElements(
    publishableKey,
    { mode, amount, currency, paymentMethodCreation, appearance = {} },
  ) {
    if (mode !== 'payment' || paymentMethodCreation !== 'manual')
      throw new Error('This Stripe.js supports only mode "payment" with paymentMethodCreation "manual".');
    if (!Number.isInteger(amount) || amount < 1 || !/^[a-z]{3}$/.test(currency))
      throw new Error('elements() needs amount (minor units) and currency (lower case).');
    let port;
    let waiting = Promise.withResolvers();
    const handlers = { ready: [], loaderror: [] };

    const element = {
      mount(place) {
        const frame = document.createElement('iframe');
        const theme = appearance.theme === 'night' ? 'dark' : 'light';
        frame.src = `${origin}/v3/card-form?theme=${theme}#${encodeURIComponent(publishableKey)}`;
        frame.title = 'Secure payment input frame';
        Object.assign(frame.style, { width: '100%', border: 0, display: 'block', height: '11rem' });
        frame.addEventListener('load', () => {
          const channel = new MessageChannel();
          frame.contentWindow.postMessage('shop', origin, [channel.port2]);
          port = channel.port1;
          waiting.resolve(port);
          for (const handler of handlers.ready) handler({ elementType: 'payment' });
        });
        place.replaceChildren(frame);
        element.frame = frame;
      },
      on(event, handler) {
        handlers[event]?.push(handler);
        return element;
      },
      update: () => undefined,
      destroy() {
        element.frame?.remove();
        waiting = Promise.withResolvers();
      },
    };

    return {
      create(type) {
        if (type !== 'payment') throw new Error('This Stripe.js supports only the payment element.');
        return element;
      },
      update: () => undefined,
      submit: () => elementsAsk('check'),
      ask: (what) => elementsAsk(what),
    };

    async function elementsAsk(what) {
      await waiting.promise;
      const answer = new Promise((resolve) => {
        port.onmessage = ({ data }) => resolve(data);
      });
      port.postMessage(what);
      return answer;
    }
  }

  window.Stripe = Stripe;
})();
