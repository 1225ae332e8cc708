// What `scenarios/browse.yml` calls: somebody who only looks.
export { asAnApp } from './steps/shopper.ts';
export {
  arrive,
  gotNoAnswer,
  look,
  sawPage,
  sawProduct,
  sawProducts,
  sawShop,
  sawStatus,
} from './steps/visitor.ts';
