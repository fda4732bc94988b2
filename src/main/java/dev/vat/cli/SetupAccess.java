package dev.vat.cli;

import dev.vat.account.AccessChange;
import dev.vat.account.AccessPlan;
import dev.vat.account.AccessPolicy;
import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.StoreException;
import dev.vat.settings.AccountAccess;
import dev.vat.settings.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The policies that `vat cloud policy` prints, in the account, and who has them.
final class SetupAccess {
  private SetupAccess() {}

  /// Looks, and compares.
  ///
  /// @param people the role that each user is to have
  /// @return to be closed
  static SetupSection section(
      Invocation invocation, CloudPlaces places, Map<String, AccessPolicy.Role> people)
      throws IOException {
    String repo =
        RepositoryName.of(places.context().settings(), places.context().repository().root())
            .value();
    List<AccessPlan.Wanted> wanted = new ArrayList<>();
    for (AccessPolicy.Role role : AccessPolicy.Role.values()) {
      places
          .policy(role)
          .ifPresent(policy -> wanted.add(new AccessPlan.Wanted(repo, role, policy)));
    }
    AccessPolicies policies =
        invocation.services().openPolicies(AccountAccess.policies(places.context().settings()));
    try {
      AccessPlan plan =
          AccessPlan.of(
              wanted,
              people,
              AccessPlan.Found.of(policies, wanted, new TreeSet<>(people.keySet())));
      List<String> remarks = new ArrayList<>(plan.remarks());
      if (people.isEmpty()) {
        remarks.add(
            "A policy alone lets nobody do anything: --attach USER=ROLE gives it to a user of the"
                + " account.");
      }
      return new SetupSection(
          "access",
          "Who may do what (AWS IAM)",
          plan.changes().stream().map(change -> step(change, policies)).toList(),
          remarks,
          policies::close);
    } catch (StoreException | RuntimeException e) {
      policies.close();
      throw e;
    }
  }

  private static SetupSection.Step step(AccessChange change, AccessPolicies policies) {
    SetupSection.Doing doing = () -> AccessPlan.apply(change, policies);
    return switch (change) {
      case AccessChange.Create create ->
          new SetupSection.Step(
              "create_policy",
              List.of(
                  "policy "
                      + create.wanted().name()
                      + ": missing; made (vat cloud policy --for "
                      + create.wanted().role().word()
                      + " prints it)"),
              "the policy " + create.wanted().name() + " is made",
              doing);
      case AccessChange.Update update ->
          new SetupSection.Step(
              "update_policy",
              List.of(
                  "policy "
                      + update.wanted().name()
                      + ": says something else; becomes what vat cloud policy --for "
                      + update.wanted().role().word()
                      + " prints ("
                      + Printable.of(String.join(", ", update.statements()))
                      + ")"
                      + (update.forgetsOldest()
                          ? "; AWS keeps five versions, so the oldest goes"
                          : "; the one before stays as a version")),
              "the policy " + update.wanted().name() + " is changed",
              doing);
      case AccessChange.Attach attach ->
          new SetupSection.Step(
              "attach_policy",
              List.of(
                  "user "
                      + Printable.of(attach.user())
                      + ": does not have "
                      + attach.policy()
                      + "; gets it"),
              Printable.of(attach.user()) + " has " + attach.policy(),
              doing);
    };
  }
}
