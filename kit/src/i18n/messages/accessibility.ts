// Made by `npm run messages` from catalogues/accessibility/en.json. Change that file instead.
export type AccessibilityMessages = {
  'page.title': unknown;
  'page.language': unknown;
  'page.lead': unknown;
  'rely.title': unknown;
  'rely.text': unknown;
  'known.title': unknown;
  'known.text': unknown;
  'limits.title': unknown;
  'limits.text': unknown;
  'contact.title': unknown;
  'contact.text': unknown;
};
