package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.lifecycle.ThawNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What nobody gets, and what each role cannot do without.
final class AccessPolicyTest {
  private static final Optional<AccessPolicy.Place> ARCHIVE =
      Optional.of(new AccessPolicy.Place("films", "archive/"));
  private static final Optional<AccessPolicy.Place> SHARING =
      Optional.of(new AccessPolicy.Place("shared", "staging/"));

  private static List<JsonNode> statements(AccessPolicy.Role role) {
    List<JsonNode> all = new ArrayList<>();
    new JsonMapper()
        .readTree(AccessPolicy.of(role, ARCHIVE, SHARING, "eu-west-1"))
        .path("Statement")
        .forEach(all::add);
    return all;
  }

  /// Resources on which a role may do something.
  private static List<String> where(AccessPolicy.Role role, String action) {
    List<String> resources = new ArrayList<>();
    for (JsonNode statement : statements(role)) {
      boolean granted = statement.path("Effect").asString().equals("Allow");
      for (JsonNode each : statement.path("Action")) {
        if (granted && each.asString().equals(action)) {
          statement.path("Resource").forEach(resource -> resources.add(resource.asString()));
        }
      }
    }
    return resources;
  }

  @ParameterizedTest
  @EnumSource
  void nobody_may_do_everything_or_destroy_versions_or_reach_all_buckets(AccessPolicy.Role role) {
    for (JsonNode statement : statements(role)) {
      assertThat(statement.path("Action").toString())
          .doesNotContain("*", "Version\"", "DeleteBucket", "BypassGovernance");
      for (JsonNode resource : statement.path("Resource")) {
        assertThat(resource.asString()).startsWith("arn:aws:s3:::");
        assertThat(resource.asString()).matches("arn:aws:s3:::(films|shared)(/.+)?");
      }
    }
  }

  @Test
  void a_collaborator_reaches_shared_files_alone() {
    assertThat(AccessPolicy.of(AccessPolicy.Role.COLLABORATOR, ARCHIVE, SHARING, ""))
        .doesNotContain("films", "Restore", "Lifecycle");
    assertThat(where(AccessPolicy.Role.COLLABORATOR, "s3:DeleteObject"))
        .containsExactly("arn:aws:s3:::shared/staging/*");
  }

  @Test
  void a_restorer_reads_and_thaws_archives_and_writes_nothing_there_but_notes_of_thaws() {
    String notes = "arn:aws:s3:::films/archive/.vat/thaws/*";
    String shared = "arn:aws:s3:::shared/staging/*";
    assertThat(where(AccessPolicy.Role.RESTORER, "s3:RestoreObject"))
        .containsExactly("arn:aws:s3:::films/archive/*");
    assertThat(where(AccessPolicy.Role.RESTORER, "s3:GetObject"))
        .containsExactlyInAnyOrder("arn:aws:s3:::films/archive/*", shared);
    assertThat(where(AccessPolicy.Role.RESTORER, "s3:PutObject"))
        .containsExactlyInAnyOrder(notes, shared);
    assertThat(where(AccessPolicy.Role.RESTORER, "s3:DeleteObject"))
        .containsExactlyInAnyOrder(notes, shared);
    assertThat(AccessPolicy.THAW_NOTES).startsWith(ThawNotes.FOLDER);
  }

  @Test
  void listing_is_bound_to_the_prefix_for_all_but_the_owner() {
    for (JsonNode statement : statements(AccessPolicy.Role.RESTORER)) {
      if (statement.path("Action").toString().contains("\"s3:ListBucket\"")) {
        assertThat(statement.at("/Condition/StringLike/s3:prefix").size()).isEqualTo(1);
      }
    }
  }

  @Test
  void signs_that_policies_take_for_patterns_are_taken_for_text() {
    String policy =
        AccessPolicy.of(
            AccessPolicy.Role.COLLABORATOR,
            Optional.empty(),
            Optional.of(new AccessPolicy.Place("shared", "a*b?c$d/")),
            "");
    assertThat(policy).contains("arn:aws:s3:::shared/a${*}b${?}c${$}d/*");
  }

  @Test
  void a_role_without_a_place_has_no_policy() {
    assertThatThrownBy(
            () ->
                AccessPolicy.of(
                    AccessPolicy.Role.COLLABORATOR, ARCHIVE, Optional.empty(), "eu-west-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
