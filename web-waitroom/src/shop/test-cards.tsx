import { useInput } from '../app/form-fields.tsx';
import { useAppContext } from './app-context.tsx';

/** The sandbox's payment methods, each with another result. */
export const TEST_CARDS = [
  'pm_card_visa',
  'pm_card_visa_chargeDeclined',
  'pm_card_authenticationRequired',
] as const;

export function TestCards() {
  const { t } = useAppContext();
  const input = useInput('payment_method');
  return (
    <div className="cards" role="radiogroup" aria-labelledby="cards-title">
      <span id="cards-title">{t('form.card')}</span>
      {TEST_CARDS.map((card) => (
        <label key={card}>
          <input type="radio" value={card} {...input} />
          <span>
            <b>{t(`card.${card}`)}</b>
            <small>{t(`card.${card}_hint`)}</small>
          </span>
        </label>
      ))}
      <small>{t('form.card_hint')}</small>
    </div>
  );
}
