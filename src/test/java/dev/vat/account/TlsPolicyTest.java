package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TlsPolicyTest {
  private static final String OURS =
      """
      {"Sid":"VatTlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*",
       "Resource":["arn:aws:s3:::films","arn:aws:s3:::films/*"],
       "Condition":{"Bool":{"aws:SecureTransport":"false"}}}""";

  private final TlsPolicy tls = TlsPolicy.in("films", "eu-west-1");

  private TlsPolicy.Standing beside(String policy) {
    return tls.beside(Optional.of(policy));
  }

  private static JsonNode statements(TlsPolicy.Standing standing) {
    return new JsonMapper().readTree(((TlsPolicy.Added) standing).policy()).path("Statement");
  }

  @Test
  void the_first_policy_is_that_one_statement() {
    JsonNode all = statements(tls.beside(Optional.empty()));
    assertThat(all).hasSize(1);
    assertThat(all.get(0)).isEqualTo(new JsonMapper().readTree(OURS));
  }

  @Test
  void what_others_wrote_stays_and_ours_is_known_again() {
    TlsPolicy.Standing added =
        beside("{\"Version\":\"2012-10-17\",\"Id\":\"x\",\"Statement\":{\"Sid\":\"Theirs\"}}");
    assertThat(statements(added)).hasSize(2);
    assertThat(statements(added).get(0).path("Sid").asString()).isEqualTo("Theirs");
    String policy = ((TlsPolicy.Added) added).policy();
    assertThat(policy).contains("\"Id\":\"x\"");
    assertThat(beside(policy)).isEqualTo(new TlsPolicy.There());
  }

  @Test
  void a_statement_of_ours_that_somebody_weakened_is_replaced() {
    TlsPolicy.Standing added =
        beside("{\"Statement\":[" + OURS.replace("\"s3:*\"", "\"s3:GetObject\"") + "]}");
    assertThat(statements(added)).hasSize(1);
    assertThat(statements(added).get(0).path("Action").asString()).isEqualTo("s3:*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Principal\":{\"AWS\":\"*\"}",
        "\"Principal\":{\"AWS\":[\"*\"]}",
      })
  void the_same_in_other_words_is_enough(String principal) {
    String same =
        OURS.replace("\"Principal\":\"*\"", principal)
            .replace("VatTlsOnly", "tls")
            .replace("\"s3:*\"", "[\"s3:*\"]")
            .replace("\"false\"", "false");
    assertThat(beside("{\"Statement\":[" + same + "]}")).isEqualTo(new TlsPolicy.There());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Bool\":{\"aws:SecureTransport\":\"true\"}}",
        "{\"Bool\":{\"aws:SecureTransport\":\"false\",\"aws:ViaAWSService\":\"false\"}}",
        "{\"Bool\":{\"aws:SecureTransport\":\"false\"},\"StringEquals\":{\"a\":\"b\"}}"
      })
  void what_lets_somebody_through_is_not_the_same(String condition) {
    String other =
        OURS.replace("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}", condition)
            .replace("VatTlsOnly", "tls");
    assertThat(statements(beside("{\"Statement\":[" + other + "]}"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "nonsense", "{\"Statement\":[", "7"})
  void what_is_no_policy_is_left_alone(String policy) {
    assertThat(beside(policy)).isEqualTo(new TlsPolicy.Unreadable());
  }

  @Test
  void other_partitions_have_other_names() {
    assertThat(Arn.ofBucket("films", "cn-north-1")).isEqualTo("arn:aws-cn:s3:::films");
    assertThat(Arn.ofBucket("films", "us-gov-west-1")).isEqualTo("arn:aws-us-gov:s3:::films");
    assertThat(Arn.ofBucket("films", "")).isEqualTo("arn:aws:s3:::films");
  }
}
