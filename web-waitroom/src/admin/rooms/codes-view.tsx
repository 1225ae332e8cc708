import { CODE_LABEL, CODE_NUMBERS } from '@shopfast/kit/contracts/limits';
import type { IssuedCodes, Room, WantedCodes } from '@shopfast/kit/contracts/rooms';
import { useState } from 'react';
import { Form } from '../../app/form.tsx';
import { FormChoice, FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { ShownOnce } from '../frame/shown-once.tsx';
import { fromField } from '../moments.ts';

/** Creates invite and priority codes, which are shown once. */
export function CodesView({ room }: { room: Room }) {
  const { t, formats } = useAppContext();
  const { calls, may } = useOperator();
  const [issued, setIssued] = useState<IssuedCodes | null>(null);
  const linkOf = (code: string) =>
    `${location.origin}/w/${encodeURIComponent(room.id)}?code=${encodeURIComponent(code)}`;

  return (
    <div className="narrow">
      <p className="lead">
        {t(room.invite_only ? 'codes.lead_invite_only' : 'codes.lead', {
          share: formats.percent(room.priority_share),
        })}
      </p>
      {may('operator') && (
        <Form
          className="card panel"
          values={{
            kind: room.invite_only ? ('invite' as const) : ('priority' as const),
            ...{ count: '10', uses: '1', expires_at: '', label: '' },
          }}
          toBody={({ kind, count, uses, expires_at, label }): WantedCodes => ({
            ...{ kind, count: Number(count), uses: Number(uses) },
            ...{ expires_at: fromField(expires_at), label: label.trim() || null },
          })}
          check={contract('codes')}
          send={(wanted) => calls.issueCodes(room.id, wanted)}
          done={setIssued}
        >
          <h2>{t('codes.title')}</h2>
          <div className="fields">
            <FormChoice
              name="kind"
              label={t('codes.kind')}
              hint={t('codes.kind_hint')}
              options={[
                ['priority', t('codes.kind_priority')],
                ['invite', t('codes.kind_invite')],
              ]}
            />
            <FormInput
              {...{ name: 'count', type: 'number', required: true }}
              {...{ min: CODE_NUMBERS.count.least, max: CODE_NUMBERS.count.most }}
              label={t('codes.count')}
            />
            <FormInput
              {...{ name: 'uses', type: 'number', required: true }}
              {...{ min: CODE_NUMBERS.uses.least, max: CODE_NUMBERS.uses.most }}
              label={t('codes.uses')}
              hint={t('codes.uses_hint')}
            />
            <FormInput
              {...{ name: 'expires_at', type: 'datetime-local', step: 1 }}
              label={t('codes.expires_at')}
              hint={t('codes.expires_at_hint')}
            />
            <FormInput
              {...{ name: 'label', type: 'text', maxLength: CODE_LABEL.most, autoComplete: 'off' }}
              label={t('codes.label')}
              hint={t('codes.label_hint')}
            />
          </div>
          <SubmitButton>{t('codes.button')}</SubmitButton>
        </Form>
      )}
      {issued && (
        <ShownOnce
          title={t('codes.made', { count: issued.codes.length })}
          lead={t('codes.made_lead')}
          text={issued.codes.map(linkOf).join('\n')}
          fileName={`codes-${room.id}.txt`}
          onClose={() => setIssued(null)}
        />
      )}
    </div>
  );
}
