-- Guarantees of ShopFast, checked in one snapshot. Each returned row is a violation; no row means that all hold.
with lines as (
  select l.product_id, l.quantity, l.unit_price, l.order_id, o.state, o.customer_key
  from order_lines l join orders o on o.id = l.order_id
), per_product as (
  select
    i.product_id, i.stock, i.available, i.held, i.sold,
    coalesce(sum(l.quantity) filter (where l.state = 'pending_payment'), 0) as pending_units,
    coalesce(sum(l.quantity) filter (where l.state = 'paid'), 0) as paid_units
  from inventory i left join lines l on l.product_id = i.product_id
  group by i.product_id
), per_customer as (
  select product_id, customer_key, sum(quantity) as units
  from lines where state in ('pending_payment', 'paid')
  group by product_id, customer_key
), per_order as (
  select order_id, sum(quantity * unit_price::bigint) as subtotal from lines group by order_id
)
select 'units in stock = available + held + sold' as rule, product_id as subject,
  stock::bigint as expected, (available + held + sold)::bigint as found
from per_product where stock <> available + held + sold or least(available, held, sold) < 0
union all
select 'units held = units of unpaid orders', product_id, pending_units, held
from per_product where held <> pending_units
union all
select 'units sold = units of paid orders', product_id, paid_units, sold
from per_product where sold <> paid_units
union all
select 'a token buys once', jti, 1, count(*)
from orders group by jti having count(*) > 1
union all
select 'units counted for a customer = units of their orders', product_id || ' ' || customer_key,
  coalesce(o.units, 0), coalesce(c.units + c.claimed_units, 0)
from purchase_counts c full join per_customer o using (product_id, customer_key)
where coalesce(c.units + c.claimed_units, 0) <> coalesce(o.units, 0)
union all
select 'money is kept for paid orders, and for no other', o.id::text, (o.state = 'paid')::int, (p.state = 'succeeded')::int
from orders o join payments p on p.order_id = o.id
-- A requested refund leaves its order paid until the money has been returned.
where (o.state = 'paid') <> (p.state = 'succeeded') and not (o.state = 'paid' and p.state = 'refund_pending')
union all
select 'an order costs its items, tax and shipping', o.id::text, l.subtotal::bigint + o.tax + o.shipping, o.total
from orders o join per_order l on l.order_id = o.id
where o.total <> l.subtotal + o.tax + o.shipping
