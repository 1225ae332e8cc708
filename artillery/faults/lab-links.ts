import { LINKS } from '@shopfast/sandbox/system/links';

/** The connections between the parts of the lab's system, the crowd's first. */
export const LAB_LINKS = ['shopper to gateway', ...LINKS] as const;
export type LabLink = (typeof LAB_LINKS)[number];
