export const FOR_A_MINUTE = 'public, max-age=60';
/** Of addresses that change with what is there. */
export const FOR_EVER = 'public, max-age=31536000, immutable';
