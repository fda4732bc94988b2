package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRemoteTest {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git@github.com:appydave/v-appydave.git",
        "https://token@github.com/appydave/v-appydave.git/",
        "https://github.com/appydave/v-appydave",
        "ssh://git@host:22/v-appydave.git",
        "host:v-appydave",
        "/srv/git/v-appydave.git",
        "\"C:\\\\repos\\\\v-appydave\" ; mine"
      })
  void the_name_is_the_last_part_of_origins_address(String url) throws IOException {
    write(".git/config", "[core]\n\turl = no\n[Remote \"origin\"] # x\n\tURL = " + url + "\n");
    assertThat(GitRemote.nameOf(root)).contains("v-appydave");
  }

  @Test
  void only_origin_counts() throws IOException {
    write(".git/config", "[remote \"upstream\"]\n\turl = /srv/other.git\n[branch \"origin\"]\n");
    assertThat(GitRemote.nameOf(root)).isEmpty();
  }

  @Test
  void a_folder_without_git_has_no_remote() {
    assertThat(GitRemote.nameOf(root)).isEmpty();
  }

  @Test
  void a_worktree_and_a_submodule_lead_to_their_config() throws IOException {
    write("main/.git/config", "[remote \"origin\"]\n\turl = x:a/v-main.git\n");
    write("main/.git/worktrees/wt/commondir", "../..\n");
    write("wt/.git", "gitdir: " + root.resolve("main/.git/worktrees/wt") + "\n");
    assertThat(GitRemote.nameOf(root.resolve("wt"))).contains("v-main");

    write("main/.git/modules/sub/config", "[remote \"origin\"]\n\turl = x:a/v-sub.git\n");
    write("main/sub/.git", "gitdir: ../.git/modules/sub\n");
    assertThat(GitRemote.nameOf(root.resolve("main/sub"))).contains("v-sub");
  }

  @Test
  void git_files_that_cannot_be_read_are_no_reason_to_guess() throws IOException {
    write(".git", "something else");
    assertThatThrownBy(() -> GitRemote.nameOf(root))
        .isInstanceOfSatisfying(
            SettingsException.class, fault -> assertThat(fault.hint()).contains("S3_REPO_NAME="));
  }

  @Test
  void the_remote_goes_before_the_folder() throws IOException {
    write(".git/config", "[remote \"origin\"]\n\turl = git@host:x/v-appydave.git\n");
    assertThat(RepositoryName.of(new Given().load(), root))
        .isEqualTo(new RepositoryName("v-appydave", "git remote"));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }
}
