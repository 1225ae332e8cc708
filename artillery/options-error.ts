export { OptionsError } from '@shopfast/bootstrap/command-line';
