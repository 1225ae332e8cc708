import { PASSWORD } from '@shopfast/kit/contracts/limits';
import type { ComponentProps, ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { Form } from '../app/form.tsx';
import { FormInput, SubmitButton } from '../app/form-fields.tsx';
import { useAppContext } from './app-context.tsx';

type Props<Values extends FieldValues, Body extends FieldValues, Reply> = Omit<
  ComponentProps<typeof Form<Values, Body, Reply>>,
  'className'
> & { button: string; children: ReactNode };

/** A form of the account pages, with its button. */
export function AccountForm<Values extends FieldValues, Body extends FieldValues, Reply>({
  button,
  children,
  ...form
}: Props<Values, Body, Reply>) {
  return (
    <Form<Values, Body, Reply> {...form} className="card counter">
      {children}
      <SubmitButton>{button}</SubmitButton>
    </Form>
  );
}

export function EmailField() {
  const { t } = useAppContext();
  return (
    <FormInput
      {...{ name: 'email', type: 'email', required: true, maxLength: 254, autoComplete: 'username' }}
      label={t('form.email')}
      wrong={t('fields.email')}
    />
  );
}

/** The password of an account that exists. */
export function PasswordField() {
  const { t } = useAppContext();
  return (
    <FormInput
      {...{ name: 'password', type: 'password', required: true, maxLength: PASSWORD.most }}
      autoComplete="current-password"
      label={t('account.password')}
    />
  );
}

export function NewPasswordField() {
  const { t } = useAppContext();
  const rule = t('account.password_hint', { count: PASSWORD.least });
  return (
    <FormInput
      {...{ name: 'password', type: 'password', required: true, autoComplete: 'new-password' }}
      {...{ minLength: PASSWORD.least, maxLength: PASSWORD.most }}
      label={t('account.password')}
      hint={rule}
      wrong={rule}
    />
  );
}
