// Made by `npm run messages` from catalogues/lottery/en.json. Change that file instead.
export type LotteryMessages = {
  'page.title': unknown;
  'page.language': unknown;
  'page.lead': unknown;
  'page.no_script': unknown;
  'form.index': unknown;
  'form.commitment': unknown;
  'form.seed': unknown;
  'form.size': unknown;
  'form.check': unknown;
  'result.number': { number: string | number };
  'result.kept': unknown;
  'result.broken': unknown;
  'result.late': unknown;
  'result.wrong': unknown;
  'trouble.not_drawn': unknown;
  'trouble.no_lottery': unknown;
  'trouble.away': unknown;
};
