/** What `forms.ts` loads. */

export { AccountPage } from './account-page.tsx';
export { BuyForm } from './buy-form.tsx';
export { Reset, SignIn, SignUp, Verify } from './sign-in-pages.tsx';
