package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every bucket promises of the rules by which it is copied.
abstract class ReplicationContract {
  private static final String ROLE = "arn:aws:iam::123456789012:role/copies";

  /// A bucket `films` with versions and no such rules; there is a bucket `copies` with versions.
  abstract BucketSettings bucket() throws Exception;

  private static Replication.Rule rule(String id, int priority, boolean archives) {
    RuleFilter filter = RuleFilter.ofPrefix("archive/");
    return new Replication.Rule(
        id,
        true,
        priority,
        archives ? filter.withTag("vat-freeze", "auto") : filter,
        "arn:aws:s3:::copies",
        archives ? Optional.of("DEEP_ARCHIVE") : Optional.empty());
  }

  @Test
  void rules_are_found_as_they_were_set_and_set_beside_others() throws Exception {
    BucketSettings bucket = bucket();
    assertThat(bucket.replication()).isEmpty();

    bucket.replicate(Optional.empty(), ROLE, List.of(rule("one", 1, false)));
    assertThat(bucket.replication())
        .contains(new Replication(ROLE, List.of(rule("one", 1, false))));

    bucket.replicate(
        bucket.replication(), ROLE, List.of(rule("two", 2, true), rule("one", 3, false)));
    assertThat(bucket.replication().orElseThrow().rules())
        .containsExactlyInAnyOrder(rule("two", 2, true), rule("one", 3, false));
  }

  @Test
  void what_somebody_changed_meanwhile_is_not_written_over() throws Exception {
    BucketSettings bucket = bucket();
    bucket.replicate(Optional.empty(), ROLE, List.of(rule("theirs", 1, false)));
    assertThatThrownBy(
            () -> bucket.replicate(Optional.empty(), ROLE, List.of(rule("ours", 1, false))))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(bucket.replication().orElseThrow().named("ours")).isEmpty();
  }
}
