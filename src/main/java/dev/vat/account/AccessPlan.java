package dev.vat.account;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What has to change in an AWS account so that it has the policies of a repository, and the people
/// who are to have them have them. What others made is never changed.
///
/// @param changes the steps, in the order in which they are done; none when all is well
/// @param remarks what stays although it differs; sentences for users
public record AccessPlan(List<AccessChange> changes, List<String> remarks) {
  /// The tag by which a policy of ours is known, with the repository's name: one without it is
  /// somebody else's, whatever its name.
  static final String TAG = "vat-repository";

  /// AWS: at most 128 of these characters. Source: IAM API Reference, CreatePolicy, PolicyName.
  private static final String NOT_IN_NAMES = "[^A-Za-z0-9+=,.@_-]";

  private static final int LONGEST_NAME = 128;

  private static final JsonMapper JSON = new JsonMapper();

  public AccessPlan {
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /// A policy as it is to be.
  ///
  /// @param document in JSON
  public record Wanted(String repo, AccessPolicy.Role role, String document) {
    public Wanted {
      Objects.requireNonNull(repo);
      Objects.requireNonNull(role);
      Objects.requireNonNull(document);
    }

    /// In the account: `vat-v-appydave-collaborator`.
    public String name() {
      String begin = "vat-" + repo.replaceAll(NOT_IN_NAMES, "-");
      String end = "-" + role.word();
      return begin.substring(0, Math.min(begin.length(), LONGEST_NAME - end.length())) + end;
    }
  }

  /// What the account has, as far as this is about it.
  ///
  /// @param policies by name, those that are there
  /// @param attached by user, the names of what they have; empty when there is no such user
  public record Found(
      Map<String, AccessPolicies.Policy> policies, Map<String, Optional<Set<String>>> attached) {
    public Found {
      policies = Map.copyOf(policies);
      attached = Map.copyOf(attached);
    }

    /// Looks; changes nothing.
    public static Found of(AccessPolicies account, List<Wanted> wanted, Set<String> users)
        throws StoreException {
      Map<String, AccessPolicies.Policy> policies = new TreeMap<>();
      for (Wanted one : wanted) {
        account.find(one.name()).ifPresent(there -> policies.put(one.name(), there));
      }
      Map<String, Optional<Set<String>>> attached = new TreeMap<>();
      for (String user : users) {
        attached.put(user, account.attachedTo(user));
      }
      return new Found(policies, attached);
    }
  }

  /// Compares. Asks nobody.
  ///
  /// @param people the role that each user is to have
  public static AccessPlan of(
      List<Wanted> wanted, Map<String, AccessPolicy.Role> people, Found found) {
    Comparing comparing = new Comparing(wanted, found);
    wanted.forEach(comparing::policy);
    new TreeMap<>(people).forEach(comparing::person);
    return new AccessPlan(comparing.changes, comparing.remarks);
  }

  /// Does one step.
  ///
  /// @throws StoreException.Changed when it is no longer what was compared; nothing was written
  public static void apply(AccessChange change, AccessPolicies account) throws StoreException {
    switch (change) {
      case AccessChange.Create create ->
          account.create(
              create.wanted().name(),
              "Made by vat for the repository " + create.wanted().repo(),
              Map.of(TAG, create.wanted().repo()),
              create.wanted().document());
      case AccessChange.Update update -> account.update(update.seen(), update.wanted().document());
      case AccessChange.Attach attach -> account.attach(attach.user(), attach.policy());
    }
  }

  /// One comparison under way.
  private static final class Comparing {
    private final List<Wanted> wanted;
    private final Found found;
    private final List<AccessChange> changes = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Comparing(List<Wanted> wanted, Found found) {
      this.wanted = wanted;
      this.found = found;
    }

    void policy(Wanted one) {
      AccessPolicies.Policy there = found.policies().get(one.name());
      if (there == null) {
        changes.add(new AccessChange.Create(one));
      } else if (!isOurs(there, one)) {
        remarks.add(
            "The account has a policy "
                + one.name()
                + " that vat did not make for this repository: it stays as it is, and is given to"
                + " nobody. Rename it, or set another S3_REPO_NAME.");
      } else if (!isSame(there.document(), one.document())) {
        changes.add(new AccessChange.Update(there, one, difference(there.document(), one)));
      }
    }

    private static boolean isOurs(AccessPolicies.Policy there, Wanted one) {
      return one.repo().equals(there.tags().get(TAG));
    }

    void person(String user, AccessPolicy.Role role) {
      Optional<Wanted> its = wanted.stream().filter(one -> one.role() == role).findFirst();
      Optional<Set<String>> has = found.attached().getOrDefault(user, Optional.empty());
      if (its.isEmpty()) {
        remarks.add(
            "There is no place here for the role " + role.word() + ", so " + user + " gets none.");
        return;
      }
      if (has.isEmpty()) {
        remarks.add(
            "The account has no user "
                + user
                + ", and vat makes none: aws iam create-user --user-name "
                + user
                + ", then run this again.");
        return;
      }
      String name = its.get().name();
      AccessPolicies.Policy there = found.policies().get(name);
      boolean foreign = there != null && !isOurs(there, its.get());
      if (!foreign && !has.get().contains(name)) {
        changes.add(new AccessChange.Attach(user, name));
      }
      Set<String> more = new TreeSet<>(has.get());
      more.remove(name);
      if (!more.isEmpty()) {
        remarks.add(
            "The user "
                + user
                + " also has "
                + String.join(", ", more)
                + ", which stays: rights add up.");
      }
    }

    private static boolean isSame(String one, String other) {
      try {
        return JSON.readTree(one).equals(JSON.readTree(other));
      } catch (JacksonException unreadable) {
        return false;
      }
    }

    /// By the names of statements: what is added, changed, taken out.
    private static List<String> difference(String now, Wanted wanted) {
      Map<String, JsonNode> before = statements(now);
      Map<String, JsonNode> after = statements(wanted.document());
      List<String> lines = new ArrayList<>();
      after.forEach(
          (name, statement) -> {
            if (!before.containsKey(name)) {
              lines.add(name + " added");
            } else if (!before.get(name).equals(statement)) {
              lines.add(name + " changed");
            }
          });
      before.keySet().stream()
          .filter(name -> !after.containsKey(name))
          .forEach(name -> lines.add(name + " taken out"));
      return lines;
    }

    private static Map<String, JsonNode> statements(String document) {
      Map<String, JsonNode> all = new TreeMap<>();
      try {
        for (JsonNode one : PolicyStatements.of(JSON.readTree(document))) {
          all.put(one.path("Sid").asString("a statement without a name"), one);
        }
      } catch (JacksonException unreadable) {
        // Then everything is new.
        all.clear();
      }
      return all;
    }
  }
}
