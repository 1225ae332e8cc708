/**
 * ISO 3166-1 codes of countries and territories whose addresses have no postal code, or mostly have none. From the
 * Universal Postal Union's addressing profiles.
 */
const WITHOUT_POSTAL_CODE = new Set(
  (
    'AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK IE JM KI KM KN KP LC ' +
    'ML MO MR MW NR NU PA QA RW SB SC SL SR SS ST SX SY TD TG TK TL TO TT TV UG VU YE ZW'
  ).split(' '),
);

/** Whether an address in this country needs a postal code. */
export const needsPostalCode = (code: string): boolean => !WITHOUT_POSTAL_CODE.has(code);
