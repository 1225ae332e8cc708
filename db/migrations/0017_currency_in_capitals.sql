-- Only rewrites: "eur" and "EUR" are one currency. Orders keep what they were placed in; comparisons do not mind the case.
UPDATE "products" SET "currency" = upper("currency") WHERE "currency" <> upper("currency");
