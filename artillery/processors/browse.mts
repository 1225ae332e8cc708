// The functions of `scenarios/browse.yml`: visitors who only look.
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
