package io.weir.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/omop",
                "jdbc:postgresql://db.example.org:5432/omop",
                "jdbc:postgresql://127.0.0.1:5432/omop",
                "jdbc:postgresql://[::1]:5432/omop",
                "jdbc:postgresql://a:1,b:2/omop?targetServerType=preferSecondary&loadBalanceHosts=true"
            })
    void ordinaryAddressesAreTaken(String url) {
        assertThat(PostgresAddress.parse(url).url()).isEqualTo(url.replaceFirst("\\?.*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/omop?socketFactory=org.example.Evil",
                "jdbc:postgresql://db/omop?socketFactoryArg=x",
                "jdbc:postgresql://db/omop?sslfactory=org.example.Evil",
                "jdbc:postgresql://db/omop?sslfactoryarg=x",
                "jdbc:postgresql://db/omop?sslhostnameverifier=org.example.Evil",
                "jdbc:postgresql://db/omop?sslpasswordcallback=org.example.Evil",
                "jdbc:postgresql://db/omop?authenticationPluginClassName=org.example.Evil",
                "jdbc:postgresql://db/omop?connectExecutor=org.example.Evil",
                "jdbc:postgresql://db/omop?xmlFactoryFactory=org.example.Evil",
                "jdbc:postgresql://db/omop?loggerFile=x",
                "jdbc:postgresql://db/omop?loggerLevel=TRACE",
                "jdbc:postgresql://db/omop?sslmode=disable",
                "jdbc:postgresql://db/omop?ssl=false",
                "jdbc:postgresql://db/omop?sslkey=x",
                "jdbc:postgresql://db/omop?service=x",
                "jdbc:postgresql://db/omop?options=x",
                "jdbc:postgresql://db/omop?readOnly=false",
                "jdbc:postgresql://db/omop?readOnlyMode=ignore",
                "jdbc:postgresql://db/omop?preferQueryMode=simple",
                "jdbc:postgresql://db/omop?stringtype=unspecified",
                "jdbc:postgresql://db/omop?replication=database",
                "jdbc:postgresql://db/omop?user=x",
                "jdbc:postgresql://db/omop?password=x",
                "jdbc:postgresql://db/omop?jaasApplicationName=x",
                "jdbc:postgresql://db/omop?kerberosServerName=x",
                "jdbc:postgresql://db/omop?gsslib=x",
                "jdbc:postgresql://db/omop?currentSchema=x",
                "jdbc:postgresql://db/omop?TargetServerType=any",
                "jdbc:postgresql://db/omop?targetServerType=any&targetServerType=primary",
                "jdbc:postgresql://db/omop?targetServerType=any&socketFactory=x",
                "jdbc:postgresql://db/omop?targetServerType=any;socketFactory=x",
                "jdbc:postgresql://db/omop?targetServerType=any%26socketFactory=x",
                "jdbc:postgresql://db/omop?targetServerType=any#x",
                "jdbc:postgresql://db/omop?targetServerType",
                "jdbc:postgresql://db/omop?targetServerType=any\n",
                "jdbc:postgresql://db/omop%3FsocketFactory=x",
                "jdbc:postgresql://db/omop;INIT=RUNSCRIPT",
                "jdbc:postgresql://user:pw@db/omop",
                "jdbc:postgresql://user@db/omop",
                "jdbc:postgresql://db/../omop",
                "jdbc:postgresql://db/omop/x",
                "jdbc:postgresql://db%0a/omop",
                "jdbc:postgresql:///omop",
                "jdbc:postgresql:omop",
                "jdbc:postgresql://db/",
                "jdbc:postgresql://db",
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'x'",
                "jdbc:mysql://db/omop?allowLoadLocalInfile=true",
                "JDBC:POSTGRESQL://db/omop",
                " jdbc:postgresql://db/omop",
                ""
            })
    void everythingElseIsRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> PostgresSourceConfig.of(url, "u", Secret.of("p"), new ServerTrust.Plaintext()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Evil")
                .hasMessageNotContaining("pw");
    }

    @Test
    void aConfigurationPrintsNoPassword() {
        assertThat(PostgresSourceConfig.of(
                                "jdbc:postgresql://db/omop", "u", Secret.of("hunter2"), new ServerTrust.Plaintext())
                        .toString())
                .doesNotContain("hunter2")
                .contains("***");
    }
}
