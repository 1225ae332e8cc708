import type { AdminProduct } from '@shopfast/kit/contracts/products';
import { useState } from 'react';
import { Form } from '../../app/form.tsx';
import { FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { Confirm } from '../frame/confirm.tsx';
import { useAct } from '../frame/notices.tsx';

/** Adds units, or removes units that are neither held nor sold. */
export function Restock({ product }: { product: AdminProduct }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const act = useAct();
  const [asked, setAsked] = useState<number | null>(null);
  const ask = async ({ delta }: { delta: number }) => {
    if (delta !== 0) setAsked(delta);
    return null;
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
    <>
      <Form
        className="inline"
        values={{ delta: '' }}
        toBody={({ delta }) => ({ delta: Number(delta) })}
        check={contract('stock')}
        send={ask}
      >
        <FormInput
          {...{ name: 'delta', type: 'number', step: 1, required: true, min: -product.available }}
          label={t('restock.label')}
          hint={t('restock.hint', { available: product.available })}
        />
        <SubmitButton className="button plain">{t('restock.button')}</SubmitButton>
      </Form>
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
    </>
  );
}
