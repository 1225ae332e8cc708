create table products (id text primary key, name text not null, price int not null);
create table inventory (product_id text primary key references products, available int not null);
create table customers (id bigint generated always as identity primary key, email text not null unique);
create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  product_id text not null references products,
  quantity int not null,
  total int not null,
  status text not null default 'pending',
  created_at timestamptz not null default now()
);
create table payments (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  intent_id text not null,
  amount int not null
);
