import { NEW_PRODUCT_ID, PRODUCT_NUMBERS, PRODUCT_TEXTS } from '@shopfast/kit/contracts/limits';
import type { AdminProduct, NewProduct, ProductSettings } from '@shopfast/kit/contracts/products';
import { useState } from 'react';
import { Form } from '../../app/form.tsx';
import { FormInput, FormText, SubmitButton } from '../../app/form-fields.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { useReport } from '../frame/notices.tsx';
import { fromField, toField } from '../moments.ts';

/** Changes a product. Every purchase that starts afterwards uses the new settings. */
export function ChangeProduct({ product, done }: { product: AdminProduct; done(): void }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const report = useReport();
  const [base] = useState(product);
  const send = async (changes: Partial<ProductSettings>) => {
    const names = SETTINGS.filter((name) => name in changes);
    if (names.length === 0) {
      done();
      return null;
    }
    const before = Object.fromEntries(names.map((name) => [name, base[name]]));
    const answer = await calls.changeProduct(base.id, changes, base.version);
    if (answer.kind !== 'ok') return answer;
    const { name, version } = answer.body;
    report({
      text: t('products.changed', { name }),
      undo: {
        run: () => calls.changeProduct(base.id, before, version),
        text: t('products.unchanged', { name: base.name }),
      },
    });
    return answer;
  };
  return (
    <Form
      values={valuesOf(base)}
      toBody={(values) => changesIn(settingsOf(values), base)}
      check={contract('product')}
      send={send}
      done={done}
    >
      <ProductFields />
      <SubmitButton>{t('products.save')}</SubmitButton>
    </Form>
  );
}

export function NewProductForm() {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const report = useReport();
  return (
    <details className="card panel">
      <summary>
        <h2>{t('products.new')}</h2>
      </summary>
      <Form
        values={{ ...EMPTY, id: '', stock: '0', currency: 'EUR' }}
        toBody={({ id, stock, currency, ...values }): NewProduct => ({
          ...settingsOf(values),
          ...{ id, stock: numberIn(stock), currency: currency.toUpperCase() },
        })}
        check={contract('new_product')}
        send={calls.createProduct}
        done={({ name }, reset) => {
          reset();
          report({ text: t('products.created', { name }) });
        }}
      >
        <div className="fields">
          <FormInput
            {...{ name: 'id', type: 'text', required: true, pattern: NEW_PRODUCT_ID }}
            {...{ autoComplete: 'off', autoCapitalize: 'none' }}
            label={t('product.id')}
            hint={t('product.id_hint')}
          />
          <FormInput
            {...{ name: 'stock', type: 'number', min: PRODUCT_NUMBERS.stock.least, step: 1, required: true }}
            label={t('product.stock')}
          />
          <FormInput
            {...{ name: 'currency', type: 'text', required: true, pattern: '[A-Za-z]{3}' }}
            label={t('product.currency')}
            hint={t('product.currency_hint')}
          />
        </div>
        <ProductFields />
        <SubmitButton>{t('products.create')}</SubmitButton>
      </Form>
    </details>
  );
}

function ProductFields() {
  const { t } = useAppContext();
  const common = (name: keyof ProductSettings) => ({
    ...{ name, label: t(`product.${name}`), hint: t(`product.${name}_hint`) },
  });
  return (
    <div className="fields">
      <FormInput {...common('name')} type="text" required maxLength={PRODUCT_TEXTS.name.most} />
      <FormInput
        {...common('price')}
        {...{ type: 'number', required: true, min: PRODUCT_NUMBERS.price.least, step: 1 }}
      />
      <FormInput
        {...common('per_customer_limit')}
        {...{ type: 'number', required: true, min: PRODUCT_NUMBERS.per_customer_limit.least, step: 1 }}
      />
      <FormInput {...common('room')} type="text" autoCapitalize="none" />
      <FormInput {...common('sale_starts_at')} {...{ type: 'datetime-local', step: 1 }} />
      <FormInput {...common('sale_ends_at')} {...{ type: 'datetime-local', step: 1 }} />
      <FormText {...common('description')} maxLength={PRODUCT_TEXTS.description.most} />
    </div>
  );
}

/** The texts of the fields. */
type Values = Record<keyof ProductSettings, string>;

const EMPTY: Values = {
  ...{ name: '', description: '', price: '0', room: '', per_customer_limit: '1' },
  ...{ sale_starts_at: '', sale_ends_at: '' },
};

function valuesOf(settings: ProductSettings): Values {
  const { name, description, price, room, per_customer_limit, sale_starts_at, sale_ends_at } = settings;
  return {
    ...{ name, description, price: String(price), room: room ?? '' },
    ...{ per_customer_limit: String(per_customer_limit) },
    ...{ sale_starts_at: toField(sale_starts_at), sale_ends_at: toField(sale_ends_at) },
  };
}

function settingsOf(values: Values): ProductSettings {
  return {
    name: values.name.trim(),
    description: values.description.trim(),
    price: numberIn(values.price),
    room: values.room.trim() || null,
    per_customer_limit: numberIn(values.per_customer_limit),
    sale_starts_at: fromField(values.sale_starts_at),
    sale_ends_at: fromField(values.sale_ends_at),
  };
}

/** An empty text is no number, not 0. */
const numberIn = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

const SETTINGS = [
  'name',
  'description',
  'price',
  'room',
  'per_customer_limit',
  'sale_starts_at',
  'sale_ends_at',
] as const satisfies (keyof ProductSettings)[];

/** The settings that differ. */
function changesIn(wanted: ProductSettings, base: ProductSettings): Partial<ProductSettings> {
  return Object.fromEntries(
    SETTINGS.filter((name) => wanted[name] !== base[name]).map((name) => [name, wanted[name]]),
  );
}
