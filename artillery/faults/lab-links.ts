import { LINKS } from '@shopfast/sandbox/system/links';

/** The ways between the parts of the lab's system, that of the crowd first. */
export const LAB_LINKS = ['shopper to gateway', ...LINKS] as const;
export type LabLink = (typeof LAB_LINKS)[number];
