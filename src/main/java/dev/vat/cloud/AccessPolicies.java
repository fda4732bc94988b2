package dev.vat.cloud;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The access policies of an AWS account, and to whom they are attached.
///
/// A policy's name is unique in its account, whatever its path. Source: AWS IAM API Reference,
/// CreatePolicy.
public interface AccessPolicies extends AutoCloseable {
  /// One that the account's own people made (AWS's are not looked at).
  ///
  /// @param arn AWS's name for it
  /// @param version the one that holds
  /// @param document of that version, in JSON
  /// @param earlier versions that are kept, the oldest first; AWS keeps five of each policy in all
  record Policy(
      String name,
      String arn,
      Map<String, String> tags,
      String version,
      String document,
      List<String> earlier) {
    public Policy {
      Objects.requireNonNull(name);
      Objects.requireNonNull(arn);
      tags = Map.copyOf(tags);
      Objects.requireNonNull(version);
      Objects.requireNonNull(document);
      earlier = List.copyOf(earlier);
    }
  }

  /// How many versions AWS keeps of a policy. Source: IAM User Guide, "IAM and AWS STS quotas".
  int MOST_VERSIONS = 5;

  /// @return empty when the account has none of this name
  Optional<Policy> find(String name) throws StoreException;

  /// Makes one.
  ///
  /// @param tags by which it is known again
  /// @throws StoreException.Changed when somebody made one of this name meanwhile; theirs stays
  void create(String name, String description, Map<String, String> tags, String document)
      throws StoreException;

  /// Lets another document hold. The one before stays as an earlier version; where there are five,
  /// the oldest goes.
  ///
  /// @param seen as it was looked at
  /// @throws StoreException.Changed when it is no longer that one; nothing was written
  void update(Policy seen, String document) throws StoreException;

  /// The names of the policies that are attached to a user.
  ///
  /// @return empty when there is no such user
  Optional<Set<String>> attachedTo(String user) throws StoreException;

  /// Attaches one; nothing else is taken away.
  ///
  /// @param policy its name
  void attach(String user, String policy) throws StoreException;

  /// As whom a service of AWS works.
  ///
  /// @param arn AWS's name for it
  /// @param permissions what it may, in JSON, by the names of the policies that are part of it
  record Role(String name, String arn, Map<String, String> tags, Map<String, String> permissions) {
    public Role {
      Objects.requireNonNull(name);
      Objects.requireNonNull(arn);
      tags = Map.copyOf(tags);
      permissions = Map.copyOf(permissions);
    }
  }

  /// @return empty when the account has none of this name
  Optional<Role> role(String name) throws StoreException;

  /// Makes one that may nothing yet.
  ///
  /// @param trust who may take it, in JSON
  /// @throws StoreException.Changed when there is one of this name by now
  void createRole(String name, String description, Map<String, String> tags, String trust)
      throws StoreException;

  /// Sets one of the policies that are part of a role.
  void permit(String role, String policy, String document) throws StoreException;

  @Override
  void close();
}
