import type { ProductDocument } from '@shopfast/kit/contracts/api';
import { useSurroundings } from './surroundings.tsx';

export function Availability({ of }: { of: ProductDocument['availability'] }) {
  const { t } = useSurroundings();
  return (
    <span className="availability" data-availability={of}>
      {t(`availability.${of}`)}
    </span>
  );
}
