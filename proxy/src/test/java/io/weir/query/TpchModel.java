package io.weir.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** What an operator says of TPC-H's tables: a customer is a person, orders and their lines are a person's records, everything else is public. */
final class TpchModel {
    /**
     * A table: its kind, its key and its links, then a line for each column: name, type, class, and what else the policy says. Steps of sums are five times what is a large
     * value of one record.
     */
    private static final List<String> TABLES = List.of("""
            region reference r_regionkey
            r_regionkey|integer|public|nullable: false
            r_name|char(25)|public|nullable: false
            r_comment|varchar(152)|public|
            """, """
            nation reference n_nationkey n_regionkey>region.r_regionkey
            n_nationkey|integer|public|nullable: false
            n_name|char(25)|public|nullable: false
            n_regionkey|integer|public|nullable: false
            n_comment|varchar(152)|public|
            """, """
            supplier reference s_suppkey s_nationkey>nation.n_nationkey
            s_suppkey|integer|public|nullable: false
            s_name|char(25)|public|nullable: false
            s_address|varchar(40)|public|nullable: false
            s_nationkey|integer|public|nullable: false
            s_phone|char(15)|public|nullable: false
            s_acctbal|numeric(15,2)|public|nullable: false
            s_comment|varchar(101)|public|nullable: false
            """, """
            part reference p_partkey
            p_partkey|integer|public|nullable: false
            p_name|varchar(55)|public|nullable: false
            p_mfgr|char(25)|public|nullable: false
            p_brand|char(10)|public|nullable: false
            p_type|varchar(25)|public|nullable: false
            p_size|integer|public|nullable: false
            p_container|char(10)|public|nullable: false
            p_retailprice|numeric(15,2)|public|nullable: false
            p_comment|varchar(23)|public|nullable: false
            """, """
            partsupp reference ps_partkey,ps_suppkey ps_partkey>part.p_partkey ps_suppkey>supplier.s_suppkey
            ps_partkey|integer|public|nullable: false
            ps_suppkey|integer|public|nullable: false
            ps_availqty|integer|public|nullable: false
            ps_supplycost|numeric(15,2)|public|nullable: false
            ps_comment|varchar(199)|public|nullable: false
            """, """
            customer personal c_custkey c_nationkey>nation.n_nationkey
            c_custkey|integer|identifier|nullable: false, namespace: customer
            c_name|varchar(25)|text|nullable: false
            c_address|varchar(40)|text|nullable: false
            c_nationkey|integer|quasi|nullable: false, grid: {step: 1}, domain: {reference: {dataset: tpch.nation, column: n_nationkey}}
            c_phone|char(15)|text|nullable: false
            c_acctbal|numeric(15,2)|attribute|nullable: false, grid: one-two-five, roundingStep: 50000
            c_mktsegment|char(10)|attribute|nullable: false
            c_comment|varchar(117)|text|nullable: false
            """, """
            orders personal o_orderkey o_custkey>customer.c_custkey!
            o_orderkey|integer|identifier|nullable: false, namespace: order
            o_custkey|integer|identifier|nullable: false, namespace: customer
            o_orderstatus|char(1)|attribute|nullable: false
            o_totalprice|numeric(15,2)|attribute|nullable: false, grid: one-two-five, roundingStep: 1000000
            o_orderdate|date|quasi|nullable: false, grid: {dates: UNIT}
            o_orderpriority|char(15)|attribute|nullable: false
            o_clerk|char(15)|attribute|nullable: false
            o_shippriority|integer|attribute|nullable: false
            o_comment|varchar(79)|text|nullable: false
            """, """
            lineitem personal l_orderkey,l_linenumber l_orderkey>orders.o_orderkey! l_partkey>part.p_partkey l_suppkey>supplier.s_suppkey l_partkey,l_suppkey>partsupp.ps_partkey,ps_suppkey
            l_orderkey|integer|identifier|nullable: false, namespace: order
            l_partkey|integer|attribute|nullable: false, grid: {step: 1}
            l_suppkey|integer|attribute|nullable: false, grid: {step: 1}
            l_linenumber|integer|attribute|nullable: false
            l_quantity|numeric(15,2)|attribute|nullable: false, grid: {step: 1}, roundingStep: 200
            l_extendedprice|numeric(15,2)|attribute|nullable: false, grid: one-two-five, roundingStep: 200000
            l_discount|numeric(15,2)|attribute|nullable: false, grid: {step: 0.01}, roundingStep: 0.5
            l_tax|numeric(15,2)|attribute|nullable: false, grid: {step: 0.01}, roundingStep: 0.5
            l_returnflag|char(1)|attribute|nullable: false
            l_linestatus|char(1)|attribute|nullable: false
            l_shipdate|date|quasi|nullable: false, grid: {dates: UNIT}
            l_commitdate|date|quasi|nullable: false, grid: {dates: UNIT}
            l_receiptdate|date|quasi|nullable: false, grid: {dates: UNIT}
            l_shipinstruct|char(25)|attribute|nullable: false
            l_shipmode|char(10)|attribute|nullable: false
            l_comment|varchar(44)|text|nullable: false
            """);

    private TpchModel() {}

    /** @param unit of the grid of days: month as most operators would say, or day
     * @param edit of each table's text */
    static DemoRoad.PolicyChange policy(String unit, UnaryOperator<String> edit) {
        return directory -> {
            Path agreement = directory.resolve("agreements/cohort.yaml");
            StringBuilder grants = new StringBuilder("grants:\n");
            for (String table : TABLES) {
                String name = table.substring(0, table.indexOf(' '));
                grants.append("  - {dataset: tpch.%s, columns: all}%n".formatted(name));
                Files.writeString(
                        directory.resolve("datasets/tpch-" + name + ".yaml"), edit.apply(dataset(table, unit)));
            }
            Files.writeString(agreement, Files.readString(agreement).replace("grants:\n", grants.toString()));
        };
    }

    private static String dataset(String table, String unit) throws IOException {
        List<String> lines = table.lines().toList();
        String[] head = lines.getFirst().split(" ");
        StringBuilder text = new StringBuilder("""
                name: tpch.%s
                source: hospital
                kind: %s
                description: TPC-H
                owner: aldermere-trust
                """.formatted(head[0], head[1]));
        if (head[0].equals("customer")) {
            text.append("subject: {namespace: customer, column: c_custkey}\n");
        }
        text.append("recordKey: [%s]%n".formatted(head[2]));
        for (int i = 3; i < head.length; i++) {
            String[] ends = head[i].replace(",", ", ").split("[>.!]");
            text.append(i == 3 ? "links:\n" : "");
            text.append("  - {columns: [%s], target: tpch.%s, targetColumns: [%s]%s}%n"
                    .formatted(ends[0], ends[1], ends[2], head[i].endsWith("!") ? ", carriesSubject: true" : ""));
        }
        text.append("columns:\n");
        for (String line : lines.subList(1, lines.size())) {
            String[] column = line.split("\\|", -1);
            text.append("  - {name: %s, type: \"%s\", class: %s, description: %s%s%s}%n"
                    .formatted(
                            column[0],
                            column[1],
                            column[2],
                            column[0],
                            column[3].isEmpty() ? "" : ", " + column[3].replace("UNIT", unit),
                            column[2].equals("quasi") || column[2].equals("attribute")
                                    ? ", missing: uninformative"
                                    : ""));
        }
        return text.toString();
    }
}
