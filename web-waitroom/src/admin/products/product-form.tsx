import { NEW_PRODUCT_ID, PRODUCT_NUMBERS, PRODUCT_TEXTS } from '@shopfast/kit/contracts/limits';
import type { AdminProduct, ProductSettings } from '@shopfast/kit/contracts/products';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Field, TextField } from '../frame/field.tsx';
import { useAct } from '../frame/notices.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { fromField, toField } from '../moments.ts';

const NOTHING: ProductSettings = {
  ...{ name: '', description: '', price: 0, room: null, per_customer_limit: 1 },
  ...{ sale_starts_at: null, sale_ends_at: null },
};

/** Changes a product. Every purchase that starts afterwards uses the new settings. */
export function ChangeProduct({ product, done }: { product: AdminProduct; done(): void }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [base] = useState(product);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = settingsOf(new FormData(event.currentTarget));
    const names = Object.keys(wanted) as (keyof ProductSettings)[];
    const changed = names.filter((name) => wanted[name] !== base[name]);
    if (changed.length === 0) return done();
    const pick = (from: ProductSettings) => Object.fromEntries(changed.map((name) => [name, from[name]]));
    const answer = await calls.changeProduct(base.id, pick(wanted), base.version);
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind !== 'ok') return;
    await act(
      () => Promise.resolve(answer),
      ({ name, version }) => ({
        text: t('products.changed', { name }),
        undo: {
          run: () => calls.changeProduct(base.id, pick(base), version),
          text: t('products.unchanged', { name: base.name }),
        },
      }),
    );
    done();
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <ProductFields settings={base} failure={failure} />
      {failure && <ProblemNote failure={failure} />}
      <button type="submit" className="button">
        {t('products.save')}
      </button>
    </form>
  );
}

export function NewProductForm() {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [failure, setFailure] = useState<Failure | null>(null);
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const answer = await calls.createProduct({
      ...settingsOf(given),
      id: String(given.get('id')),
      currency: String(given.get('currency')).toUpperCase(),
      stock: Number(given.get('stock')),
    });
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind !== 'ok') return;
    form.reset();
    await act(
      () => Promise.resolve(answer),
      ({ name }) => ({ text: t('products.created', { name }) }),
    );
  };
  return (
    <details className="card panel">
      <summary>
        <h2>{t('products.new')}</h2>
      </summary>
      <form onSubmit={(event) => void create(event)}>
        <div className="fields">
          <Field
            {...{ name: 'id', type: 'text', required: true, pattern: NEW_PRODUCT_ID }}
            {...{ autoComplete: 'off', autoCapitalize: 'none' }}
            label={t('product.id')}
            hint={t('product.id_hint')}
            error={errorIn(failure, 'id')}
          />
          <Field
            {...{
              name: 'stock',
              type: 'number',
              min: PRODUCT_NUMBERS.stock.least,
              step: 1,
              required: true,
              defaultValue: 0,
            }}
            label={t('product.stock')}
            error={errorIn(failure, 'stock')}
          />
          <Field
            {...{
              name: 'currency',
              type: 'text',
              required: true,
              pattern: '[A-Za-z]{3}',
              defaultValue: 'EUR',
            }}
            label={t('product.currency')}
            hint={t('product.currency_hint')}
            error={errorIn(failure, 'currency')}
          />
        </div>
        <ProductFields settings={NOTHING} failure={failure} />
        {failure && <ProblemNote failure={failure} />}
        <button type="submit" className="button">
          {t('products.create')}
        </button>
      </form>
    </details>
  );
}

function ProductFields({ settings, failure }: { settings: ProductSettings; failure: Failure | null }) {
  const { t } = useAppContext();
  const common = (name: keyof ProductSettings) => ({
    ...{ name, label: t(`product.${name}`), hint: t(`product.${name}_hint`), error: errorIn(failure, name) },
  });
  return (
    <div className="fields">
      <Field
        {...common('name')}
        type="text"
        required
        maxLength={PRODUCT_TEXTS.name.most}
        defaultValue={settings.name}
      />
      <Field
        {...common('price')}
        type="number"
        required
        min={PRODUCT_NUMBERS.price.least}
        step={1}
        defaultValue={settings.price}
      />
      <Field
        {...common('per_customer_limit')}
        {...{ type: 'number', required: true, min: PRODUCT_NUMBERS.per_customer_limit.least, step: 1 }}
        defaultValue={settings.per_customer_limit}
      />
      <Field {...common('room')} type="text" autoCapitalize="none" defaultValue={settings.room ?? ''} />
      <Field
        {...common('sale_starts_at')}
        {...{ type: 'datetime-local', step: 1 }}
        defaultValue={toField(settings.sale_starts_at)}
      />
      <Field
        {...common('sale_ends_at')}
        {...{ type: 'datetime-local', step: 1 }}
        defaultValue={toField(settings.sale_ends_at)}
      />
      <TextField
        {...common('description')}
        maxLength={PRODUCT_TEXTS.description.most}
        defaultValue={settings.description}
      />
    </div>
  );
}

function settingsOf(form: FormData): ProductSettings {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: text('name'),
    description: text('description'),
    price: Number(text('price')),
    room: text('room') || null,
    per_customer_limit: Number(text('per_customer_limit')),
    sale_starts_at: fromField(text('sale_starts_at')),
    sale_ends_at: fromField(text('sale_ends_at')),
  };
}

const errorIn = (failure: Failure | null, field: string): string | undefined =>
  failure?.kind === 'refused'
    ? failure.refusal.errors?.find((error) => error.field === field)?.message
    : undefined;
