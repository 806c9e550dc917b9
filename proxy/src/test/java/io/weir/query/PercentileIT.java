package io.weir.query;

import org.junit.jupiter.api.Test;

class PercentileIT {
    @Test
    void look() {
        DemoRoad road = DemoRoad.shared();
        for (String sql : java.util.List.of(
                "select percentile_cont(0.5) within group (order by cost) from hospital.admissions where cost is not null",
                "select method, percentile_cont(0.25) within group (order by cost), percentile_cont(0.5) within group (order by cost), percentile_cont(0.9) within group (order by cost), percentile_cont(0.95) within group (order by cost) from hospital.admissions where cost is not null group by method order by 1",
                "select percentile_disc(0.5) within group (order by discharged - admitted), percentile_cont(0.9) within group (order by discharged - admitted) from hospital.admissions where discharged is not null",
                "select percentile_cont(0.5) within group (order by n), percentile_cont(0.95) within group (order by n) from (select patient_id, count(*) n from hospital.admissions group by patient_id) x",
                "select method, percentile_cont(0.5) within group (order by cost) from hospital.admissions where cost is not null group by rollup(method)")) {
            DemoRoad.Result r = road.session("ada", "diabetes").run(sql);
            System.out.println(sql + "\n  -> " + r.problem() + " " + r.rows() + " " + r.notices());
            System.out.println("  truth " + road.truth(sql));
        }
    }
}
