import { THEME_TEXTS } from '@shopfast/kit/contracts/limits';
import type { Room } from '@shopfast/kit/contracts/rooms';
import type { Theme } from '@shopfast/kit/contracts/theme';
import { LOCALES, type LocaleName, nameOf } from '@shopfast/kit/i18n/locale';
import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { Failure } from '../../api/answered.ts';
import type { Answer } from '../../api/ask.ts';
import { useAppContext, useOperator } from '../app-context.tsx';
import { Choice, Field, TextField } from '../frame/field.tsx';
import { useAct } from '../frame/notices.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { useAsked } from '../use-query.ts';

/** Edits the theme of a room's waiting page. */
export function ThemeEditor({ room }: { room: Room }) {
  const { t } = useAppContext();
  const { calls } = useOperator();
  const { data, failure, refetch } = useAsked(['theme', room.id], () => calls.theme(room.id));
  // The form is filled again only after a save: updates must not overwrite what is being typed.
  const [saved, setSaved] = useState(0);
  if (!data) return failure ? <ProblemNote failure={failure} /> : <p className="lead">{t('page.loading')}</p>;
  const changed = async () => {
    await refetch();
    setSaved((before) => before + 1);
  };
  return <LookForm key={saved} room={room} theme={data} changed={changed} />;
}

type FormProps = { room: Room; theme: Theme; changed(): Promise<void> };

function LookForm({ room, theme, changed }: FormProps) {
  const { t } = useAppContext();
  const { calls, may } = useOperator();
  const act = useAct();
  const [logo, setLogo] = useState(theme.logo ?? null);
  const [languages, setLanguages] = useState(() => languagesOf(theme));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const refusal = failure?.kind === 'refused' ? failure.refusal : null;
  const errorOf = (name: string) => refusal?.errors?.find(({ field }) => field === name)?.message;

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const wanted = themeIn(new FormData(event.currentTarget), logo, languages);
    const isEmpty = Object.keys(wanted).length === 0;
    const answer: Answer<unknown> = await (isEmpty
      ? calls.removeTheme(room.id)
      : calls.saveTheme(room.id, wanted));
    setBusy(false);
    setFailure(answer.kind === 'ok' ? null : answer);
    if (answer.kind !== 'ok') return;
    await act(
      () => Promise.resolve(answer),
      () => ({ text: t(isEmpty ? 'look.removed' : 'look.saved') }),
    );
    await changed();
  };
  const remove = async () => {
    const done = await act(
      () => calls.removeTheme(room.id),
      () => ({
        text: t('look.removed'),
        undo: {
          run: async () => {
            const undone = await calls.saveTheme(room.id, theme);
            await changed();
            return undone;
          },
          text: t('look.saved'),
        },
      }),
    );
    if (done !== null) await changed();
  };
  const takeLogo = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (file) setLogo(await addressOf(file));
  };
  const hint = t('look.accent_hint', { example: '#0f6b55' });

  return (
    <form className="settings" onSubmit={(event) => void save(event)}>
      <p className="lead">{t('look.lead')}</p>
      <fieldset className="card panel" disabled={!may('operator')}>
        <legend>{t('room.view_look')}</legend>
        <div className="fields">
          <Field
            {...{ name: 'accent', type: 'text', dir: 'ltr', defaultValue: theme.accent, autoComplete: 'off' }}
            label={t('look.accent')}
            hint={hint}
            error={errorOf('accent')}
          />
          <Field
            {...{ name: 'accent_dark', type: 'text', dir: 'ltr', defaultValue: theme.accent_dark }}
            autoComplete="off"
            label={t('look.accent_dark')}
            hint={hint}
            error={errorOf('accent_dark')}
          />
          <Field
            {...{ type: 'file', accept: 'image/png,image/webp,image/svg+xml' }}
            onChange={(event) => void takeLogo(event)}
            label={t('look.logo')}
            hint={t('look.logo_hint')}
            error={errorOf('logo')}
          />
          {logo !== null && (
            <div className="field">
              <img className="logo" src={logo} alt={t('look.logo_now')} />
              <button type="button" className="quiet" onClick={() => setLogo(null)}>
                {t('look.logo_remove')}
              </button>
            </div>
          )}
          {languages.map((language) => (
            <TextField
              key={language}
              {...{ name: `text.${language}`, lang: language, dir: 'auto', maxLength: THEME_TEXTS.text.most }}
              defaultValue={theme.text?.[language]}
              label={t('look.text', { language: nameOf(language) })}
              error={errorOf(`text.${language}`)}
            />
          ))}
          <Choice
            label={t('look.language')}
            value=""
            onChange={({ target }) => setLanguages((before) => [...before, target.value as LocaleName])}
            options={[
              ['', '–'],
              ...LOCALES.filter((one) => !languages.includes(one)).map((one) => [one, nameOf(one)] as const),
            ]}
          />
          <TextField
            {...{ name: 'css', dir: 'ltr', maxLength: THEME_TEXTS.css.most, rows: 8, spellCheck: false }}
            defaultValue={theme.css}
            label={t('look.css')}
            hint={t('look.css_hint')}
            error={errorOf('css')}
          />
        </div>
      </fieldset>
      {failure && <ProblemNote failure={failure} />}
      {may('operator') && (
        <div className="row">
          <button type="submit" className="button" disabled={busy}>
            {t('settings.save')}
          </button>
          {Object.keys(theme).length > 0 && (
            <button type="button" className="button plain" disabled={busy} onClick={() => void remove()}>
              {t('look.remove')}
            </button>
          )}
        </div>
      )}
    </form>
  );
}

/** The languages that have texts, or else the operator's own. */
function languagesOf({ text = {} }: Theme): LocaleName[] {
  const said = LOCALES.filter((one) => text[one] !== undefined);
  return said.length > 0 ? said : LOCALES.filter((one) => one === document.documentElement.lang);
}

function themeIn(form: FormData, logo: string | null, languages: readonly LocaleName[]): Theme {
  const said = (name: string) => String(form.get(name) ?? '').trim();
  const texts = languages
    .map((language) => [language, said(`text.${language}`)])
    .filter(([, text]) => text !== '');
  const fields = Object.entries({
    accent: said('accent'),
    accent_dark: said('accent_dark'),
    css: said('css'),
  });
  return {
    ...Object.fromEntries(fields.filter(([, value]) => value !== '')),
    ...(logo === null ? {} : { logo }),
    ...(texts.length === 0 ? {} : { text: Object.fromEntries(texts) }),
  };
}

function addressOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
