export { wholeNumber } from '@shopfast/bootstrap/command-line';
