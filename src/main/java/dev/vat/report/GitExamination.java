package dev.vat.report;

import dev.vat.project.ProjectHome;
import dev.vat.project.Projects;
import dev.vat.project.Repository;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Whether git tracks, or would add, what must not be published (design, section 7.11), and which
/// projects it ignores as a whole (design, section 2).
final class GitExamination implements Examination {
  /// The lines of `.gitignore` that `vat init` writes, each with a name that it has to catch.
  private static final Map<String, String> WANTED = wanted();

  private final Repository repository;
  private final Optional<Git> git;

  /// @param git empty where it is not installed
  GitExamination(Repository repository, Optional<Git> git) {
    this.repository = repository;
    this.git = git;
  }

  private static Map<String, String> wanted() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(Repository.SETTINGS_FILE, Repository.SETTINGS_FILE);
    lines.put(".vat/", ".vat/x");
    lines.put(".vat-kept/", ".vat-kept/x");
    lines.put(".vat-releasing/", ".vat-releasing/x");
    lines.put("projects.json", "projects.json");
    lines.put("**/" + ProjectHome.STAGING + "/", "b00-any-project/" + ProjectHome.STAGING + "/x");
    return lines;
  }

  @Override
  public Check check() {
    return Check.GIT;
  }

  @Override
  public void run(Consumer<Finding> to) {
    if (!Git.isRepository(repository.root())) {
      to.accept(
          Finding.note(
              Check.GIT, "This folder is in no git repository, so git publishes nothing.", ""));
    } else if (git.isEmpty()) {
      to.accept(
          notChecked("there is no git on this computer's PATH", "Install git, or put it on PATH."));
    } else {
      try {
        ask(git.get(), to);
      } catch (IOException failed) {
        to.accept(
            notChecked(
                failed.getMessage(),
                "Try \"git status\" in " + repository.root() + " and do what it says."));
      }
    }
  }

  private void ask(Git program, Consumer<Finding> to) throws IOException {
    Git.Answer tracked = tracked(program);
    if (tracked.exit() != 0) {
      throw new IOException("git said: " + tracked.error());
    }
    tellTracked(tracked.out(), to);
    boolean ignores = tellNotIgnored(program, tracked.out(), to);
    if (ignores && tracked.out().isEmpty()) {
      to.accept(
          Finding.ok(Check.GIT, "git neither tracks nor would add your keys or vat's own files."));
    }
    tellIgnoredProjects(program, to);
  }

  private static Git.Answer tracked(Git program) throws IOException {
    return program.ask(
        List.of(),
        "ls-files",
        "-z",
        "--",
        Repository.SETTINGS_FILE,
        ".vat",
        ".vat-kept",
        ".vat-releasing",
        "projects.json",
        ":(glob)**/" + ProjectHome.STAGING + "/**");
  }

  private static void tellTracked(List<String> tracked, Consumer<Finding> to) {
    if (tracked.contains(Repository.SETTINGS_FILE)) {
      to.accept(
          Finding.problem(
              Check.GIT,
              "git tracks "
                  + Repository.SETTINGS_FILE
                  + ": everybody who has this repository has the keys in it.",
              "git rm --cached "
                  + Repository.SETTINGS_FILE
                  + ", commit, and replace the keys with new ones: the old ones stay readable in"
                  + " git's history."));
    }
    List<String> others =
        tracked.stream().filter(name -> !name.equals(Repository.SETTINGS_FILE)).toList();
    if (!others.isEmpty()) {
      to.accept(
          Finding.warning(
              Check.GIT,
              "git tracks what belongs to vat: "
                  + others.getFirst()
                  + (others.size() == 1 ? "" : " and " + (others.size() - 1) + " more")
                  + ". On another computer it is wrong, and big files do not belong into git.",
              "git rm -r --cached with these names, and commit. The files themselves stay."));
    }
  }

  /// @return whether all of them are ignored
  private static boolean tellNotIgnored(Git program, List<String> tracked, Consumer<Finding> to)
      throws IOException {
    Set<String> ignored = IgnoredProjects.ask(program, List.copyOf(WANTED.values()));
    boolean all = true;
    for (Map.Entry<String, String> line : WANTED.entrySet()) {
      if (ignored.contains(line.getValue())) {
        continue;
      }
      all = false;
      String remedy = "Put the line " + line.getKey() + " at the end of .gitignore.";
      boolean secret = line.getKey().equals(Repository.SETTINGS_FILE);
      if (secret && !tracked.contains(Repository.SETTINGS_FILE)) {
        to.accept(
            Finding.problem(
                Check.GIT,
                "git does not ignore "
                    + line.getKey()
                    + ": the next \"git add .\" would publish your keys.",
                remedy));
      } else {
        to.accept(
            Finding.warning(
                Check.GIT,
                "git does not ignore " + line.getKey() + ": \"git add .\" would add it.",
                remedy));
      }
    }
    return all;
  }

  private void tellIgnoredProjects(Git program, Consumer<Finding> to) throws IOException {
    List<String> folders =
        new Projects(repository)
            .list().projects().stream()
                .flatMap(project -> project.activeFolder().stream())
                .map(folder -> IgnoredProjects.name(repository, folder))
                .toList();
    for (String ignored : IgnoredProjects.ask(program, folders)) {
      to.accept(
          Finding.note(
              Check.NOT_PROTECTED,
              ignored + ": git ignores this project as a whole, so git keeps nothing of it.",
              "If that is not meant, take its line out of .gitignore."));
    }
  }

  private static Finding notChecked(String why, String remedy) {
    return Finding.note(
        Check.GIT, "Whether git tracks your keys was not checked: " + why + ".", remedy);
  }
}
