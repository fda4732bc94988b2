package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every account's trails promise.
abstract class AuditTrailsContract {
  private static final Set<String> OBJECTS =
      Set.of("arn:aws:s3:::films/archive/", "arn:aws:s3:::shared/staging/");

  /// A region without any trail, with a bucket `log` that may be written to.
  abstract AuditTrails trails() throws Exception;

  @Test
  void a_trail_is_made_watches_and_is_switched_on() throws Exception {
    try (AuditTrails trails = trails()) {
      assertThat(trails.account()).matches("[0-9]{12}");
      assertThat(trails.find("vat-voz")).isEmpty();

      trails.create("vat-voz", "log");
      assertThat(trails.find("vat-voz").orElseThrow().logging()).isFalse();
      assertThat(trails.find("vat-voz").orElseThrow().bucket()).isEqualTo("log");

      trails.watch("vat-voz", OBJECTS);
      trails.start("vat-voz");
      assertThat(trails.find("vat-voz"))
          .contains(new AuditTrails.Trail("vat-voz", "log", true, Optional.of(OBJECTS)));
      trails.watch("vat-voz", Set.of("arn:aws:s3:::films/"));
      assertThat(trails.find("vat-voz").orElseThrow().watched())
          .contains(Set.of("arn:aws:s3:::films/"));
    }
  }

  @Test
  void one_that_is_there_is_not_made_over() throws Exception {
    try (AuditTrails trails = trails()) {
      trails.create("vat-voz", "log");
      assertThatThrownBy(() -> trails.create("vat-voz", "log"))
          .isInstanceOf(StoreException.Changed.class);
    }
  }
}
