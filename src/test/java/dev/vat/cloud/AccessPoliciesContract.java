package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every account's access policies promise.
abstract class AccessPoliciesContract {
  private static final Map<String, String> TAGS = Map.of("vat-repository", "v-appydave");

  /// An account without any policy.
  abstract AccessPolicies account() throws Exception;

  /// Makes a user, as an administrator would.
  abstract void addUser(String name) throws Exception;

  private static String document(String action) {
    return """
    {"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Action":["%s"],\
    "Resource":["arn:aws:s3:::films/ a+b%%/*"]}]}"""
        .formatted(action);
  }

  @Test
  void a_policy_is_found_as_it_was_made() throws Exception {
    try (AccessPolicies account = account()) {
      assertThat(account.find("vat-v-owner")).isEmpty();

      account.create("vat-v-owner", "Made by vat", TAGS, document("s3:GetObject"));

      AccessPolicies.Policy found = account.find("vat-v-owner").orElseThrow();
      assertThat(found.document()).isEqualTo(document("s3:GetObject"));
      assertThat(found.tags()).isEqualTo(TAGS);
      assertThat(found.earlier()).isEmpty();
      assertThat(account.find("vat-v")).isEmpty();
    }
  }

  @Test
  void one_of_the_same_name_is_never_made_over() throws Exception {
    try (AccessPolicies account = account()) {
      account.create("mine", "", Map.of(), document("s3:ListBucket"));
      assertThatThrownBy(() -> account.create("mine", "", TAGS, document("s3:GetObject")))
          .isInstanceOf(StoreException.Changed.class);
      assertThat(account.find("mine").orElseThrow().document()).contains("s3:ListBucket");
    }
  }

  @Test
  void the_new_document_holds_and_the_one_before_stays_until_there_are_five() throws Exception {
    try (AccessPolicies account = account()) {
      account.create("p", "", TAGS, document("s3:V1"));
      for (int i = 2; i <= 7; i++) {
        AccessPolicies.Policy seen = account.find("p").orElseThrow();
        account.update(seen, document("s3:V" + i));
        AccessPolicies.Policy now = account.find("p").orElseThrow();
        assertThat(now.document()).isEqualTo(document("s3:V" + i));
        assertThat(now.earlier()).hasSize(Math.min(i - 1, AccessPolicies.MOST_VERSIONS - 1));
        assertThat(now.earlier()).endsWith(seen.version());
      }
    }
  }

  @Test
  void what_somebody_changed_meanwhile_is_not_written_over() throws Exception {
    try (AccessPolicies account = account()) {
      account.create("p", "", TAGS, document("s3:V1"));
      AccessPolicies.Policy seen = account.find("p").orElseThrow();
      account.update(seen, document("s3:Theirs"));

      assertThatThrownBy(() -> account.update(seen, document("s3:Ours")))
          .isInstanceOf(StoreException.Changed.class);
      assertThat(account.find("p").orElseThrow().document()).contains("s3:Theirs");
    }
  }

  @Test
  void a_user_gets_one_more_and_keeps_what_there_was() throws Exception {
    try (AccessPolicies account = account()) {
      assertThat(account.attachedTo("jan")).isEmpty();
      addUser("jan");
      assertThat(account.attachedTo("jan")).isEqualTo(Optional.of(Set.of()));
      for (String name : List.of("theirs", "ours")) {
        account.create(name, "", TAGS, document("s3:GetObject"));
        account.attach("jan", name);
      }
      assertThat(account.attachedTo("jan")).isEqualTo(Optional.of(Set.of("ours", "theirs")));
      assertThatThrownBy(() -> account.attach("jan", "none"))
          .isInstanceOf(StoreException.Changed.class);
    }
  }

  @Test
  void a_role_is_found_as_it_was_made_with_what_it_may() throws Exception {
    try (AccessPolicies account = account()) {
      assertThat(account.role("copies")).isEmpty();
      String trust =
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
              + "\"sts:AssumeRole\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"}}]}";
      account.createRole("copies", "Made by vat", TAGS, trust);
      assertThat(account.role("copies").orElseThrow().permissions()).isEmpty();
      assertThatThrownBy(() -> account.createRole("copies", "", Map.of(), trust))
          .isInstanceOf(StoreException.Changed.class);

      account.permit("copies", "may", document("s3:One"));
      account.permit("copies", "may", document("s3:ReplicateObject"));

      AccessPolicies.Role role = account.role("copies").orElseThrow();
      assertThat(role.arn()).endsWith(":role/copies");
      assertThat(role.tags()).isEqualTo(TAGS);
      assertThat(role.permissions()).isEqualTo(Map.of("may", document("s3:ReplicateObject")));
    }
  }
}
