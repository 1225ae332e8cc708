import type { AuditEntry } from '@shopfast/kit/contracts/keys';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Form } from '../../app/form.tsx';
import { FormInput, SubmitButton } from '../../app/form-fields.tsx';
import { Heading } from '../../app/heading.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Pager } from '../frame/pager.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { isRole } from '../roles.ts';
import { auditPath, sectionPath } from '../routes.ts';
import { useAsked } from '../use-query.ts';
import { type Change, changesOf } from './changes.ts';

/** The audit log, newest first. */
export function AuditPage({ target }: { target: string | null }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const go = useNavigate();
  const [before, setBefore] = useState<number | null>(null);
  const { data, failure } = useAsked(['audit', target, before], () => calls.audit(target, before), 10_000);
  const show = async ({ target: wanted }: { target: string }) => {
    go(wanted ? auditPath(wanted) : sectionPath('audit'));
    return null;
  };
  return (
    <>
      <Heading>{t('audit.title')}</Heading>
      <p className="lead">{target ? t('audit.of', { target }) : t('audit.lead')}</p>
      <Form
        className="inline filters"
        values={{ target: target ?? '' }}
        toBody={(values) => ({ target: values.target.trim() })}
        send={show}
      >
        <FormInput
          {...{ name: 'target', type: 'search', autoComplete: 'off', autoCapitalize: 'none' }}
          label={t('audit.target')}
        />
        <SubmitButton className="button plain">{t('audit.show')}</SubmitButton>
      </Form>
      {failure && <ProblemNote failure={failure} />}
      {data?.entries.length === 0 && <p>{t('audit.none')}</p>}
      <ol className="audit">
        {data?.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <Pager before={before} nextBefore={data?.next_before} show={setBefore} />
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t, formats } = useAppContext();
  const changes = changesOf(entry.before, entry.after);
  const role = isRole(entry.role) ? t(`role.${entry.role}`) : entry.role;
  return (
    <li className="card" data-action={entry.action}>
      <p>
        <time dateTime={entry.at}>{formats.moment(Date.parse(entry.at))}</time>
        <b>{entry.action}</b> <code>{entry.target}</code>
      </p>
      <p className="hint">{t('audit.by', { actor: entry.actor.replace(/ \([\w-]+\)$/, ''), role })}</p>
      <Changes changes={changes.slice(0, SHOWN)} />
      {changes.length > SHOWN && (
        <details>
          <summary>{t('audit.more', { count: changes.length - SHOWN })}</summary>
          <Changes changes={changes.slice(SHOWN)} />
        </details>
      )}
    </li>
  );
}

/** Fields shown at first for a new object; the rest is folded. */
const SHOWN = 5;

function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className="changes">
      {changes.map(({ field, before, after }) => (
        <li key={field} dir="ltr">
          {field && <span className="changed-field">{field}</span>}
          {before !== null && <del>{before}</del>}
          {before !== null && after !== null && <span aria-hidden="true"> → </span>}
          {after !== null && <ins>{after}</ins>}
        </li>
      ))}
    </ul>
  );
}
