package dev.vat.report;

import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which files of a project git tracks.
public final class TrackedFiles {
  private final Repository repository;
  private final Map<String, String> environment;
  private final boolean windows;

  /// @param environment for git's place, on the `PATH`
  public TrackedFiles(Repository repository, Map<String, String> environment, boolean windows) {
    this.repository = repository;
    this.environment = environment;
    this.windows = windows;
  }

  /// @param project the project's folder
  /// @return names below that folder; empty when the repository is in no git repository
  /// @throws IOException when it is, and git cannot be asked
  public Set<RelativeName> in(Path project) throws IOException {
    if (!Git.isRepository(repository.root())) {
      return Set.of();
    }
    Optional<Git> git = Git.installed(environment, repository.root(), windows);
    if (git.isEmpty()) {
      throw new IOException("there is no git on this computer's PATH");
    }
    String prefix = repository.root().relativize(project).toString().replace('\\', '/') + "/";
    Git.Answer answer = git.get().ask(List.of(), "ls-files", "-z", "--", ":(literal)" + prefix);
    if (answer.exit() != 0) {
      throw new IOException("git said: " + answer.error());
    }
    Set<RelativeName> names = new HashSet<>();
    for (String name : answer.out()) {
      if (name.startsWith(prefix)) {
        try {
          names.add(RelativeName.of(name.substring(prefix.length())));
        } catch (HostileNameException noFileOfOurs) {
          continue;
        }
      }
    }
    return names;
  }
}
