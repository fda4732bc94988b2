package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3AccessTest {
  private final Given given = new Given();

  @Test
  void nothing_set_leaves_all_to_the_sdk() {
    assertThat(S3Access.of(given.load()))
        .isEqualTo(
            new S3Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void keys_come_from_one_source_and_are_never_mixed() {
    given.user("AWS_ACCESS_KEY_ID=user-id\nAWS_SECRET_ACCESS_KEY=user-key");
    given.repository(
        "AWS_ACCESS_KEY_ID=repo-id\nAWS_SECRET_ACCESS_KEY=repo-key\nAWS_SESSION_TOKEN=repo-token");
    assertThat(keys()).isEqualTo(new AccessKeys("repo-id", "repo-key", Optional.of("repo-token")));

    given.environment.put("AWS_ACCESS_KEY_ID", "env-id");
    given.environment.put("AWS_SECRET_ACCESS_KEY", "env-key");
    assertThat(keys()).isEqualTo(new AccessKeys("env-id", "env-key", Optional.empty()));
  }

  @Test
  void a_profile_in_a_higher_source_replaces_the_keys_below_it() {
    given.repository("AWS_ACCESS_KEY_ID=repo-id\nAWS_SECRET_ACCESS_KEY=repo-key");
    given.environment.put("AWS_PROFILE", "work");
    S3Access access = S3Access.of(given.load());
    assertThat(access.keys()).isEmpty();
    assertThat(access.profile()).contains("work");
  }

  @Test
  void keys_beside_a_profile_count() {
    given.repository("AWS_PROFILE=p\nAWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=key");
    S3Access access = S3Access.of(given.load());
    assertThat(access.keys()).isPresent();
    assertThat(access.profile()).isEmpty();
  }

  @Test
  void half_a_set_in_the_highest_source_is_an_error_that_says_what_is_missing() {
    given.user("AWS_ACCESS_KEY_ID=user-id\nAWS_SECRET_ACCESS_KEY=user-key");
    given.repository("\nAWS_ACCESS_KEY_ID=repo-id");
    assertThatThrownBy(() -> S3Access.of(given.load()))
        .isInstanceOfSatisfying(
            SettingsException.class,
            half -> {
              assertThat(half.message())
                  .contains("AWS_SECRET_ACCESS_KEY is not set there")
                  .contains("/brand/.video-tools.env:2")
                  .doesNotContain("repo-id");
              assertThat(half.hint()).contains("Set AWS_SECRET_ACCESS_KEY in the same place");
            });

    given.repository("AWS_SESSION_TOKEN=t\nAWS_PROFILE=p");
    assertThatThrownBy(() -> S3Access.of(given.load()))
        .hasMessageContaining("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
  }

  @Test
  void the_address_for_s3_goes_before_the_general_one() {
    given.repository("AWS_ENDPOINT_URL=https://general\nAWS_REGION=ap-southeast-1");
    assertThat(S3Access.of(given.load()).endpoint()).contains(URI.create("https://general"));
    assertThat(S3Access.of(given.load()).region()).contains("ap-southeast-1");

    given.user("AWS_ENDPOINT_URL_S3=http://127.0.0.1:9123");
    assertThat(S3Access.of(given.load()).endpoint()).contains(URI.create("http://127.0.0.1:9123"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_ENDPOINT_URL=localhost:9000",
        "AWS_ENDPOINT_URL=s3.example.com",
        "AWS_ENDPOINT_URL=file:///etc",
        "AWS_ENDPOINT_URL=https://user:password@host",
        "AWS_ENDPOINT_URL=https://host/?x",
        "AWS_ENDPOINT_URL=https://",
        "AWS_ENDPOINT_URL=ht tp://x",
        "AWS_REGION=eu central",
        "AWS_ACCESS_KEY_ID=a b\nAWS_SECRET_ACCESS_KEY=topsecret",
        "AWS_ACCESS_KEY_ID=ab\nAWS_SECRET_ACCESS_KEY=tops\u00e9cret"
      })
  void what_cannot_work_is_refused_without_showing_secrets(String text) {
    given.repository(text);
    assertThatThrownBy(() -> S3Access.of(given.load()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is wrong (/brand/.video-tools.env:")
        .hasMessageNotContaining("password")
        .hasMessageNotContaining("tops");
  }

  private AccessKeys keys() {
    return S3Access.of(given.load()).keys().orElseThrow();
  }
}
