package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.MemoryAccessPolicies;
import dev.vat.cloud.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The policies in an account, compared and applied.
final class AccessPlanTest {
  private static final String NAME = "vat-v-voz-collaborator";
  private final MemoryAccessPolicies account = new MemoryAccessPolicies();

  private static AccessPlan.Wanted wanted(AccessPolicy.Role role, String bucket) {
    return new AccessPlan.Wanted(
        "v-voz",
        role,
        AccessPolicy.of(
            role,
            Optional.of(new AccessPolicy.Place("films", "archive/")),
            Optional.of(new AccessPolicy.Place(bucket, "staging/")),
            "us-east-1"));
  }

  private static final List<AccessPlan.Wanted> WANTED =
      List.of(
          wanted(AccessPolicy.Role.COLLABORATOR, "shared"),
          wanted(AccessPolicy.Role.RESTORER, "shared"));

  private AccessPlan plan(Map<String, AccessPolicy.Role> people) throws StoreException {
    return AccessPlan.of(WANTED, people, AccessPlan.Found.of(account, WANTED, people.keySet()));
  }

  private void apply(AccessPlan plan) throws StoreException {
    for (AccessChange change : plan.changes()) {
      AccessPlan.apply(change, account);
    }
  }

  @Test
  void what_is_missing_is_made_and_given_and_then_nothing_is_left_to_do() throws Exception {
    account.addUser("jan");
    AccessPlan plan = plan(Map.of("jan", AccessPolicy.Role.COLLABORATOR));
    assertThat(plan.changes())
        .extracting(change -> change.getClass().getSimpleName())
        .containsExactly("Create", "Create", "Attach");

    apply(plan);

    assertThat(account.attachedTo("jan")).isEqualTo(Optional.of(Set.of(NAME)));
    assertThat(account.find(NAME).orElseThrow().document()).isEqualTo(WANTED.getFirst().document());
    assertThat(plan(Map.of("jan", AccessPolicy.Role.COLLABORATOR)))
        .isEqualTo(new AccessPlan(List.of(), List.of()));
  }

  @Test
  void one_of_ours_that_says_something_else_is_changed_and_what_differs_is_told() throws Exception {
    apply(plan(Map.of()));
    AccessPolicies.Policy there = account.find(NAME).orElseThrow();
    account.update(
        there,
        wanted(AccessPolicy.Role.COLLABORATOR, "elsewhere")
            .document()
            .replace("VatFreezesNothing", "Mine"));

    AccessPlan plan = plan(Map.of());

    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            AccessChange.Update.class,
            update ->
                assertThat(update.statements())
                    .contains("VatShares changed", "VatFreezesNothing added", "Mine taken out"));
    apply(plan);
    assertThat(plan(Map.of()).changes()).isEmpty();
  }

  @Test
  void a_policy_of_the_same_name_that_others_made_stays_and_is_given_to_nobody() throws Exception {
    account.create(NAME, "", Map.of(), "{}");
    account.addUser("jan");

    AccessPlan plan = plan(Map.of("jan", AccessPolicy.Role.COLLABORATOR));
    apply(plan);

    assertThat(plan.remarks()).anyMatch(remark -> remark.contains("vat did not make"));
    assertThat(account.find(NAME).orElseThrow().document()).isEqualTo("{}");
    assertThat(account.attachedTo("jan")).isEqualTo(Optional.of(Set.of()));
  }

  @Test
  void one_of_another_repository_of_a_like_name_stays() throws Exception {
    account.create(NAME, "", Map.of("vat-repository", "v voz"), "{}");
    assertThat(plan(Map.of()).changes()).hasSize(1);
    assertThat(new AccessPlan.Wanted("v voz", AccessPolicy.Role.OWNER, "").name())
        .isEqualTo("vat-v-voz-owner");
    assertThat(new AccessPlan.Wanted("é".repeat(200), AccessPolicy.Role.OWNER, "").name())
        .hasSize(128)
        .matches("[a-z-]+");
  }

  @Test
  void users_are_not_made_and_what_else_they_have_is_told() throws Exception {
    assertThat(plan(Map.of("jan", AccessPolicy.Role.COLLABORATOR)).remarks())
        .singleElement()
        .asString()
        .contains("no user jan", "aws iam create-user --user-name jan");
    account.addUser("jan");
    account.create("AdministratorAccess", "", Map.of(), "{}");
    account.attach("jan", "AdministratorAccess");
    assertThat(plan(Map.of("jan", AccessPolicy.Role.COLLABORATOR)).remarks())
        .singleElement()
        .asString()
        .contains("also has AdministratorAccess");
    assertThat(plan(Map.of("jan", AccessPolicy.Role.OWNER)).remarks().getFirst())
        .contains("no place here for the role owner");
  }
}
