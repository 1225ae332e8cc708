export const FOR_A_MINUTE = 'public, max-age=60';
/** For addresses that change with their content. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
