import { THEME_TEXTS } from '@shopfast/kit/contracts/limits';
import type { Room } from '@shopfast/kit/contracts/rooms';
import type { Theme } from '@shopfast/kit/contracts/theme';
import { LOCALES, type LocaleName, nameOf } from '@shopfast/kit/i18n/locale';
import { type ChangeEvent, useState } from 'react';
import type { Answer } from '../../api/ask.ts';
import { Choice } from '../../app/field.tsx';
import { Form } from '../../app/form.tsx';
import { FormFile, FormInput, FormText, OtherButton, SubmitButton } from '../../app/form-fields.tsx';
import { useAppContext, useOperator } from '../app-context.tsx';
import { contract } from '../contract.ts';
import { useAct, useReport } from '../frame/notices.tsx';
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
  const report = useReport();
  const save = (wanted: Theme): Promise<Answer<unknown>> =>
    isEmpty(wanted) ? calls.removeTheme(room.id) : calls.saveTheme(room.id, wanted);
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
  const accent = {
    ...{ type: 'text', dir: 'ltr', autoComplete: 'off' },
    hint: t('look.accent_hint', { example: '#0f6b55' }),
  };

  return (
    <Form
      className="settings"
      values={valuesOf(theme)}
      toBody={(values) => themeIn(values, logo, languages)}
      check={contract('theme')}
      send={async (wanted) => {
        const answer = await save(wanted);
        if (answer.kind === 'ok') report({ text: t(isEmpty(wanted) ? 'look.removed' : 'look.saved') });
        return answer;
      }}
      done={changed}
    >
      <p className="lead">{t('look.lead')}</p>
      <fieldset className="card panel" disabled={!may('operator')}>
        <legend>{t('room.view_look')}</legend>
        <div className="fields">
          <FormInput {...accent} name="accent" label={t('look.accent')} />
          <FormInput {...accent} name="accent_dark" label={t('look.accent_dark')} />
          <FormFile
            {...{ name: 'logo', accept: 'image/png,image/webp,image/svg+xml' }}
            onChange={(event) => void takeLogo(event)}
            label={t('look.logo')}
            hint={t('look.logo_hint')}
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
            <FormText
              key={language}
              {...{ name: `text.${language}`, lang: language, dir: 'auto', maxLength: THEME_TEXTS.text.most }}
              label={t('look.text', { language: nameOf(language) })}
            />
          ))}
          <Choice
            label={t('look.language')}
            value=""
            onChange={({ target }) =>
              setLanguages((before) => [...before, ...LOCALES.filter((one) => one === target.value)])
            }
            options={[
              ['', '–'],
              ...LOCALES.filter((one) => !languages.includes(one)).map((one) => [one, nameOf(one)] as const),
            ]}
          />
          <FormText
            {...{ name: 'css', dir: 'ltr', maxLength: THEME_TEXTS.css.most, rows: 8, spellCheck: false }}
            label={t('look.css')}
            hint={t('look.css_hint')}
          />
        </div>
      </fieldset>
      {may('operator') && (
        <div className="row">
          <SubmitButton>{t('settings.save')}</SubmitButton>
          {!isEmpty(theme) && (
            <OtherButton className="button plain" onClick={() => void remove()}>
              {t('look.remove')}
            </OtherButton>
          )}
        </div>
      )}
    </Form>
  );
}

/** The languages that have texts, or else the operator's own. */
function languagesOf({ text = {} }: Theme): LocaleName[] {
  const said = LOCALES.filter((one) => text[one] !== undefined);
  return said.length > 0 ? said : LOCALES.filter((one) => one === document.documentElement.lang);
}

const isEmpty = (theme: Theme) => Object.keys(theme).length === 0;

type Values = { accent: string; accent_dark: string; css: string; text: Partial<Record<LocaleName, string>> };

const valuesOf = ({ accent = '', accent_dark = '', css = '', text = {} }: Theme): Values => ({
  ...{ accent, accent_dark, css },
  text: Object.fromEntries(LOCALES.map((one) => [one, text[one] ?? ''])),
});

function themeIn({ text, ...values }: Values, logo: string | null, languages: readonly LocaleName[]): Theme {
  const texts = languages.map((one) => [one, text[one]?.trim() ?? ''] as const).filter(([, said]) => said);
  const fields = Object.entries(values).map(([name, value]) => [name, value.trim()] as const);
  return {
    ...Object.fromEntries(fields.filter(([, value]) => value)),
    ...(logo === null ? {} : { logo }),
    ...(texts.length === 0 ? {} : { text: Object.fromEntries(texts) }),
  };
}

function addressOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
