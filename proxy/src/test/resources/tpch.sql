-- The eight tables of TPC-H (revision 3, clause 1.4) with values of our own: keys and ranges as in clause 4.2, distributions simple. Nobody in it exists; tpch.h() makes the numbers.
CREATE SCHEMA tpch;
CREATE FUNCTION tpch.h(seed int, id bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
    AS $$ SELECT ((hashint8extended(id, seed) & 4294967295)::double precision) / 4294967296.0 $$;
CREATE FUNCTION tpch.pick(seed int, id bigint, choices text[]) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT choices[1 + floor(tpch.h(seed, id) * array_length(choices, 1))::int] $$;
CREATE TABLE tpch.region (r_regionkey integer PRIMARY KEY, r_name char(25) NOT NULL, r_comment varchar(152));
INSERT INTO tpch.region SELECT i - 1, (ARRAY['AFRICA','AMERICA','ASIA','EUROPE','MIDDLE EAST'])[i], 'region ' || i FROM generate_series(1, 5) i;
CREATE TABLE tpch.nation (n_nationkey integer PRIMARY KEY, n_name char(25) NOT NULL, n_regionkey integer NOT NULL, n_comment varchar(152));
INSERT INTO tpch.nation SELECT i - 1,
    (ARRAY['ALGERIA','ARGENTINA','BRAZIL','CANADA','EGYPT','ETHIOPIA','FRANCE','GERMANY','INDIA','INDONESIA','IRAN','IRAQ','JAPAN','JORDAN','KENYA','MOROCCO','MOZAMBIQUE','PERU','CHINA','ROMANIA','SAUDI ARABIA','VIETNAM','RUSSIA','UNITED KINGDOM','UNITED STATES'])[i],
    (ARRAY[0,1,1,1,4,0,3,3,2,2,4,4,2,4,0,0,0,1,2,3,4,2,3,3,1])[i], 'nation ' || i FROM generate_series(1, 25) i;
CREATE TABLE tpch.supplier (s_suppkey integer PRIMARY KEY, s_name char(25) NOT NULL, s_address varchar(40) NOT NULL, s_nationkey integer NOT NULL, s_phone char(15) NOT NULL, s_acctbal numeric(15,2) NOT NULL, s_comment varchar(101) NOT NULL);
INSERT INTO tpch.supplier SELECT i, 'Supplier#' || lpad(i::text, 9, '0'), 'street ' || i, floor(tpch.h(201, i) * 25)::int, lpad((10 + floor(tpch.h(201, i) * 25)::int)::text, 2, '0') || '-555-010-' || lpad(i::text, 4, '0'),
    round((tpch.h(202, i) * 10999 - 999)::numeric, 2), CASE WHEN tpch.h(203, i) < 0.05 THEN 'here Customer and Complaints there' ELSE 'quick packages' END FROM generate_series(1, 100) i;
CREATE TABLE tpch.part (p_partkey integer PRIMARY KEY, p_name varchar(55) NOT NULL, p_mfgr char(25) NOT NULL, p_brand char(10) NOT NULL, p_type varchar(25) NOT NULL, p_size integer NOT NULL, p_container char(10) NOT NULL, p_retailprice numeric(15,2) NOT NULL, p_comment varchar(23) NOT NULL);
INSERT INTO tpch.part SELECT i, tpch.pick(211, i, c) || ' ' || tpch.pick(212, i, c) || ' ' || tpch.pick(213, i, c), 'Manufacturer#' || m, 'Brand#' || m || 1 + floor(tpch.h(215, i) * 5)::int,
    tpch.pick(216, i, ARRAY['STANDARD','SMALL','MEDIUM','LARGE','ECONOMY','PROMO']) || ' ' || tpch.pick(217, i, ARRAY['ANODIZED','BURNISHED','PLATED','POLISHED','BRUSHED']) || ' ' || tpch.pick(218, i, ARRAY['TIN','NICKEL','BRASS','STEEL','COPPER']),
    1 + floor(tpch.h(219, i) * 50)::int, tpch.pick(220, i, ARRAY['SM','LG','MED','JUMBO','WRAP']) || ' ' || tpch.pick(221, i, ARRAY['CASE','BOX','BAG','JAR','PKG','PACK','CAN','DRUM']),
    (90000 + (i / 10) % 20001 + 100 * (i % 1000))::numeric / 100, 'part'
FROM (SELECT i, ARRAY['almond','antique','forest','green','honeydew','lace','lemon','linen','red','salmon'] AS c, 1 + floor(tpch.h(214, i) * 5)::int AS m FROM generate_series(1, 2000) i) x;
CREATE TABLE tpch.partsupp (ps_partkey integer NOT NULL, ps_suppkey integer NOT NULL, ps_availqty integer NOT NULL, ps_supplycost numeric(15,2) NOT NULL, ps_comment varchar(199) NOT NULL, PRIMARY KEY (ps_partkey, ps_suppkey));
INSERT INTO tpch.partsupp SELECT p, 1 + (p + n * 25) % 100, 1 + floor(tpch.h(222, p * 4 + n) * 9999)::int, round((1 + tpch.h(223, p * 4 + n) * 999)::numeric, 2), 'supply' FROM generate_series(1, 2000) p, generate_series(0, 3) n;
CREATE TABLE tpch.customer (c_custkey integer PRIMARY KEY, c_name varchar(25) NOT NULL, c_address varchar(40) NOT NULL, c_nationkey integer NOT NULL, c_phone char(15) NOT NULL, c_acctbal numeric(15,2) NOT NULL, c_mktsegment char(10) NOT NULL, c_comment varchar(117) NOT NULL);
INSERT INTO tpch.customer SELECT i, 'Customer#' || lpad(i::text, 9, '0'), 'road ' || i, n, lpad((10 + n)::text, 2, '0') || '-555-011-' || lpad(i::text, 4, '0'), round((tpch.h(231, i) * 10999 - 999)::numeric, 2),
    tpch.pick(232, i, ARRAY['AUTOMOBILE','BUILDING','FURNITURE','MACHINERY','HOUSEHOLD']), 'customer' FROM (SELECT i, floor(tpch.h(230, i) * 25)::int AS n FROM generate_series(1, 3000) i) x;
CREATE TABLE tpch.orders (o_orderkey integer PRIMARY KEY, o_custkey integer NOT NULL, o_orderstatus char(1) NOT NULL, o_totalprice numeric(15,2) NOT NULL, o_orderdate date NOT NULL, o_orderpriority char(15) NOT NULL, o_clerk char(15) NOT NULL, o_shippriority integer NOT NULL, o_comment varchar(79) NOT NULL);
-- A third of the customers have no orders.
INSERT INTO tpch.orders SELECT i, 1 + floor(tpch.h(240, i) * 999)::int * 3 + floor(tpch.h(241, i) * 2)::int, 'P', 0, date '1992-01-01' + floor(tpch.h(242, i) * 2405)::int,
    tpch.pick(243, i, ARRAY['1-URGENT','2-HIGH','3-MEDIUM','4-NOT SPECIFIED','5-LOW']), 'Clerk#' || lpad((1 + i % 20)::text, 9, '0'), 0, CASE WHEN tpch.h(244, i) < 0.02 THEN 'the special packages and requests' ELSE 'order' END FROM generate_series(1, 20000) i;
CREATE TABLE tpch.lineitem (l_orderkey integer NOT NULL, l_partkey integer NOT NULL, l_suppkey integer NOT NULL, l_linenumber integer NOT NULL, l_quantity numeric(15,2) NOT NULL, l_extendedprice numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL, l_tax numeric(15,2) NOT NULL,
    l_returnflag char(1) NOT NULL, l_linestatus char(1) NOT NULL, l_shipdate date NOT NULL, l_commitdate date NOT NULL, l_receiptdate date NOT NULL, l_shipinstruct char(25) NOT NULL, l_shipmode char(10) NOT NULL, l_comment varchar(44) NOT NULL, PRIMARY KEY (l_orderkey, l_linenumber));
INSERT INTO tpch.lineitem SELECT o_orderkey, p, 1 + (p + floor(tpch.h(251, k) * 4)::int * 25) % 100, n, q, q * (90000 + (p / 10) % 20001 + 100 * (p % 1000)) / 100, floor(tpch.h(253, k) * 11) / 100, floor(tpch.h(254, k) * 9) / 100,
    CASE WHEN ship + lag > date '1995-06-17' THEN 'N' WHEN tpch.h(255, k) < 0.5 THEN 'R' ELSE 'A' END, CASE WHEN ship > date '1995-06-17' THEN 'O' ELSE 'F' END, ship, o_orderdate + 30 + floor(tpch.h(256, k) * 61)::int, ship + lag,
    tpch.pick(257, k, ARRAY['DELIVER IN PERSON','COLLECT COD','NONE','TAKE BACK RETURN']), tpch.pick(258, k, ARRAY['REG AIR','AIR','RAIL','SHIP','TRUCK','MAIL','FOB']), 'line'
FROM (SELECT o_orderkey, o_orderdate, n, k, 1 + floor(tpch.h(250, k) * 2000)::int AS p, 1 + floor(tpch.h(252, k) * 50)::numeric AS q, o_orderdate + 1 + floor(tpch.h(259, k) * 121)::int AS ship, 1 + floor(tpch.h(260, k) * 30)::int AS lag
      FROM tpch.orders, generate_series(1, 7) n, LATERAL (SELECT o_orderkey * 8::bigint + n AS k) y WHERE n <= 1 + floor(tpch.h(261, o_orderkey) * 7)) x;
CREATE INDEX ON tpch.lineitem (l_partkey, l_suppkey);
CREATE INDEX ON tpch.orders (o_custkey);
UPDATE tpch.orders SET o_totalprice = t, o_orderstatus = s FROM (SELECT l_orderkey, round(sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), 2) AS t, CASE WHEN min(l_linestatus) = 'O' THEN 'O' WHEN max(l_linestatus) = 'F' THEN 'F' ELSE 'P' END AS s FROM tpch.lineitem GROUP BY l_orderkey) l WHERE l_orderkey = o_orderkey;
ANALYZE tpch.lineitem;
ANALYZE tpch.orders;
