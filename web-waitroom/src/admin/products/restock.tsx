import type { AdminProduct } from '@shopfast/kit/contracts/products';
import { type FormEvent, useState } from 'react';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Confirm } from '../frame/confirm.tsx';
import { Field } from '../frame/field.tsx';
import { useAct } from '../frame/notices.tsx';

/** Adds units, or removes units that are neither held nor sold. */
export function Restock({ product }: { product: AdminProduct }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [asked, setAsked] = useState<number | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const delta = Number(new FormData(event.currentTarget).get('delta'));
    if (Number.isInteger(delta) && delta !== 0) setAsked(delta);
  };
  const change = (delta: number) =>
    act(
      () => calls.restock(product.id, delta),
      (changed) => ({
        text: t('restock.done', { name: product.name, stock: changed.stock }),
        undo: {
          run: () => calls.restock(product.id, -delta),
          text: t('restock.done', { name: product.name, stock: changed.stock - delta }),
        },
      }),
    );
  return (
    <form className="inline" onSubmit={submit}>
      <Field
        {...{ name: 'delta', type: 'number', step: 1, required: true, min: -product.available }}
        label={t('restock.label')}
        hint={t('restock.hint', { available: product.available })}
      />
      <button type="submit" className="button plain">
        {t('restock.button')}
      </button>
      {asked !== null && (
        <Confirm
          title={t('restock.title', { name: product.name })}
          button={t('restock.button')}
          onConfirm={() => change(asked)}
          onClose={() => setAsked(null)}
        >
          <p>
            {t(asked > 0 ? 'restock.more' : 'restock.less', {
              count: Math.abs(asked),
              available: product.available + asked,
            })}
          </p>
          <p>{t(product.room ? 'restock.room' : 'restock.no_room')}</p>
          <p>{t('consequence.undo')}</p>
        </Confirm>
      )}
    </form>
  );
}
