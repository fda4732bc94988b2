package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RedactionTest {
  private final Redaction redaction = new Redaction();

  @Test
  void a_secret_is_masked_as_it_is_and_as_a_link_holds_it() {
    redaction.hide("ab/cd+ef==");

    assertThat(redaction.apply("it is ab/cd+ef==, or ab%2Fcd%2Bef%3D%3D"))
        .isEqualTo("it is ****, or ****");
  }

  @Test
  void a_secret_that_begins_with_another_one_is_masked_as_a_whole() {
    redaction.hide("secret-one");
    redaction.hide("secret-one-and-more");

    assertThat(redaction.apply("secret-one-and-more")).isEqualTo("****");
  }

  @Test
  void short_values_are_left_alone() {
    redaction.hide("a");
    redaction.hide("");

    assertThat(redaction.apply("a banana")).isEqualTo("a banana");
  }

  @Test
  void signatures_are_masked_without_knowing_them() {
    assertThat(
            redaction.apply(
                "https://s/k?x-amz-signature=0aF&X-Amz-Credential=AK%2F1&n=1 \"X-Amz-Security-Token=t/+=\""))
        .isEqualTo(
            "https://s/k?x-amz-signature=****&X-Amz-Credential=****&n=1"
                + " \"X-Amz-Security-Token=****\"");
    assertThat(redaction.apply("AWS4-HMAC-SHA256 Credential=AK/2026, Signature=0aF"))
        .isEqualTo("AWS4-HMAC-SHA256 Credential=****, Signature=****");
  }
}
