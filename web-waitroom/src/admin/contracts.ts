import { newKey } from '@shopfast/kit/contracts/keys';
import { newProduct, someProductSettings, stockChange } from '@shopfast/kit/contracts/products';
import { newRoom, someSettings, wantedCodes } from '@shopfast/kit/contracts/rooms';
import { roomTheme } from '@shopfast/kit/contracts/theme';
import { z } from '@shopfast/kit/contracts/zod';
import { checkBy } from '../app/check-by.ts';

/** The checks of the dashboard's forms. */
export const CONTRACTS = {
  codes: checkBy(wantedCodes),
  key: checkBy(newKey),
  new_product: checkBy(newProduct),
  new_room: checkBy(newRoom),
  product: checkBy(someProductSettings),
  settings: checkBy(someSettings),
  stock: checkBy(stockChange),
  // Only the server can read a logo.
  theme: checkBy(roomTheme.extend({ logo: z.string().optional() })),
};
