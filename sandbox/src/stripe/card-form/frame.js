// Runs in the frame: exchanges the card for a payment method, so that the card number stays in the frame.
(() => {
  document.documentElement.dataset.theme = new URLSearchParams(location.search).get('theme');
  const publishableKey = decodeURIComponent(location.hash.slice(1));
  const form = document.querySelector('form');
  const alert = document.querySelector('[role=alert]');
  form.addEventListener('submit', (event) => event.preventDefault());

  /** What is wrong with the input; null if nothing is. */
  function errorOf({ number, month, year, cvc }) {
    if (!/^\d{14,16}$/.test(number) || !hasCheckDigit(number))
      return ['invalid_number', 'Your card number is invalid.'];
    const now = new Date();
    const isPast = year < now.getFullYear() || (year === now.getFullYear() && month < now.getMonth() + 1);
    if (!(month >= 1 && month <= 12) || isPast)
      return ['invalid_expiry', 'Your card’s expiration date is invalid.'];
    if (!/^\d{3,4}$/.test(cvc)) return ['invalid_cvc', 'Your card’s security code is invalid.'];
    return null;
  }

  /** The Luhn check. */
  function hasCheckDigit(number) {
    const digits = [...number].reverse().map(Number);
    const sum = digits.reduce((total, digit, place) => {
      const weighed = place % 2 === 1 ? digit * 2 : digit;
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
    return sum % 10 === 0;
  }

  function readCard() {
    const given = Object.fromEntries(new FormData(form));
    const [month = '', year = ''] = given.expiry.split('/').map((part) => part.trim());
    return {
      number: given.number.replaceAll(' ', ''),
      month: Number(month),
      year: Number(year) + (year.length === 2 ? 2000 : 0),
      cvc: given.cvc.trim(),
    };
  }

  function check() {
    const fault = errorOf(readCard());
    alert.textContent = fault ? fault[1] : '';
    return fault ? { error: { type: 'validation_error', code: fault[0], message: fault[1] } } : {};
  }

  async function tokenize() {
    const checked = check();
    if (checked.error) return checked;
    const { number, month, year, cvc } = readCard();
    const body = new URLSearchParams({
      type: 'card',
      'card[number]': number,
      'card[exp_month]': String(month),
      'card[exp_year]': String(year),
      'card[cvc]': cvc,
      key: publishableKey,
    });
    try {
      const answer = await fetch('/v1/payment_methods', { method: 'POST', body });
      const document = await answer.json();
      return answer.ok ? { paymentMethod: document } : { error: document.error };
    } catch (error) {
      return { error: { type: 'api_connection_error', message: String(error) } };
    }
  }

  addEventListener('message', ({ data, ports: [port] }) => {
    if (data !== 'shop' || !port) return;
    port.onmessage = async ({ data: what }) =>
      port.postMessage(what === 'tokenize' ? await tokenize() : check());
  });
})();
