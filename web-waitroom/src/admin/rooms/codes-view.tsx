import type { CodeKind } from '@shopfast/kit/contracts/limits';
import { CODE_LABEL, CODE_NUMBERS } from '@shopfast/kit/contracts/limits';
import type { IssuedCodes, Room } from '@shopfast/kit/contracts/rooms';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Choice, Field } from '../frame/field.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { ShownOnce } from '../frame/shown-once.tsx';
import { fromField } from '../moments.ts';

/** Creates invite and priority codes, which are shown once. */
export function CodesView({ room }: { room: Room }) {
  const { t, formats } = useAppContext();
  const { calls, may } = useOperator();
  const [issued, setIssued] = useState<IssuedCodes | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    setBusy(true);
    const answer = await calls.issueCodes(room.id, {
      kind: text('kind') as CodeKind,
      count: Number(text('count')),
      uses: Number(text('uses')),
      expires_at: fromField(text('expires_at')),
      label: text('label').trim() || null,
    });
    setBusy(false);
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind === 'ok') setIssued(answer.body);
  };
  const refusal = failure?.kind === 'refused' ? failure.refusal : null;
  const errorOf = (name: string) => refusal?.errors?.find(({ field }) => field === name)?.message;
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
        <form className="card panel" onSubmit={(event) => void make(event)}>
          <h2>{t('codes.title')}</h2>
          <div className="fields">
            <Choice
              name="kind"
              label={t('codes.kind')}
              hint={t('codes.kind_hint')}
              options={[
                ['priority', t('codes.kind_priority')],
                ['invite', t('codes.kind_invite')],
              ]}
              defaultValue={room.invite_only ? 'invite' : 'priority'}
            />
            <Field
              {...{
                name: 'count',
                type: 'number',
                min: CODE_NUMBERS.count.least,
                max: CODE_NUMBERS.count.most,
                defaultValue: 10,
                required: true,
              }}
              label={t('codes.count')}
              error={errorOf('count')}
            />
            <Field
              {...{
                name: 'uses',
                type: 'number',
                min: CODE_NUMBERS.uses.least,
                max: CODE_NUMBERS.uses.most,
                defaultValue: 1,
                required: true,
              }}
              label={t('codes.uses')}
              hint={t('codes.uses_hint')}
              error={errorOf('uses')}
            />
            <Field
              {...{ name: 'expires_at', type: 'datetime-local', step: 1 }}
              label={t('codes.expires_at')}
              hint={t('codes.expires_at_hint')}
              error={errorOf('expires_at')}
            />
            <Field
              {...{ name: 'label', type: 'text', maxLength: CODE_LABEL.most, autoComplete: 'off' }}
              label={t('codes.label')}
              hint={t('codes.label_hint')}
              error={errorOf('label')}
            />
          </div>
          {failure && <ProblemNote failure={failure} />}
          <button type="submit" className="button" disabled={busy}>
            {t('codes.button')}
          </button>
        </form>
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
