package dev.vat.cli;

import java.io.IOException;

/// What happens in the demo: sharing, archiving to the SSD, and the years after that in
/// [DemoCloud]. The SSD's part can be played alone.
final class DemoStory {
  private static final String STAGING = "b63-flivideo/s3-staging/";

  private final DemoTeam team;
  private final DemoStage stage;

  DemoStory(DemoTeam team, Console console) {
    this.team = team;
    this.stage = new DemoStage(team, console);
  }

  void play() throws IOException {
    team.join("david");
    team.join("jan");
    share();
    answer();
    conflict();
    cleanup();
    withSsd();
    new DemoCloud(stage).play();
  }

  /// Only what needs no S3.
  void playOffline() throws IOException {
    team.join("david");
    shoot();
    withSsd();
  }

  private void withSsd() throws IOException {
    archive();
    damage();
    unplugged();
  }

  private void shoot() throws IOException {
    team.save("david", "draft.mp4", "b63-flivideo/recordings/take-1.mp4");
    team.save("david", "draft.mp4", STAGING + "draft.mp4");
    team.save("david", "transcript.txt", STAGING + "transcript.txt");
  }

  private void share() throws IOException {
    stage.scene("David has cut a first draft of b63-flivideo and shares it.");
    shoot();
    stage.run(ExitCode.DONE, "david", "up", "b63");
    stage.run(ExitCode.DONE, "david", "status", "b63");
  }

  private void answer() throws IOException {
    stage.scene("Jan, on another computer, gets it, and sends a voice-over back.");
    stage.run(ExitCode.DONE, "jan", "down", "b63");
    team.save("jan", "voice.m4a", STAGING + "audio/voice.m4a");
    stage.run(ExitCode.DONE, "jan", "up", "b63", "--dry-run");
    stage.run(ExitCode.DONE, "jan", "up", "b63");
    stage.scene("David sees that there is something new, and gets it.");
    stage.run(ExitCode.DONE, "david", "status", "b63");
    stage.run(ExitCode.DONE, "david", "down", "b63");
  }

  private void conflict() throws IOException {
    stage.scene(
        "Now both change the same file. Jan is faster; David's upload must not overwrite his.");
    team.save("jan", "draft-jan.mp4", STAGING + "draft.mp4");
    stage.run(ExitCode.DONE, "jan", "up", "b63");
    team.save("david", "draft-david.mp4", STAGING + "draft.mp4");
    stage.run(ExitCode.CONFLICT, "david", "up", "b63");
    stage.scene("David decides to keep both: his version gets his name. Jan gets it.");
    stage.run(ExitCode.DONE, "david", "up", "b63", "draft.mp4", "--keep", "both");
    stage.run(ExitCode.DONE, "jan", "down", "b63");
    stage.run(ExitCode.DONE, "jan", "status", "b63");
  }

  private void cleanup() throws IOException {
    stage.scene(
        "The video is done. David looks at what a cleanup would remove from S3, and does it.");
    stage.run(ExitCode.DONE, "david", "cleanup", "b63", "--dry-run");
    stage.run(ExitCode.DONE, "david", "cleanup", "b63", "--yes");
    stage.scene("Jan sees that, and his next upload does not put everything back by mistake.");
    stage.run(ExitCode.DONE, "jan", "status", "b63");
    stage.run(ExitCode.DONE, "jan", "up", "b63");
  }

  private void archive() throws IOException {
    stage.scene(
        "Two videos are finished. David plugs in his SSD and looks what archiving would do.");
    team.plugIn("david");
    team.save("david", "draft.mp4", "b40-flight/final/flight.mp4");
    team.save("david", "transcript.txt", "b40-flight/transcript.txt");
    stage.run(ExitCode.DONE, "david", "archive", "b40", "b63", "--dry-run");
    stage.scene(
        "He does it. Each copy is read back from the drive; of b40 he keeps everything here too.");
    stage.run(ExitCode.DONE, "david", "archive", "b40", "--keep-local");
    stage.run(ExitCode.DONE, "david", "archive", "b63");
    stage.run(ExitCode.DONE, "david", "list");
  }

  private void damage() throws IOException {
    stage.scene(
        "A file on the SSD goes bad, as files on disks do. Nobody sees it, until it is read.");
    team.damageOnDrive("b00-b49/b40-flight/final/flight.mp4");
    stage.run(ExitCode.VERIFICATION_FAILED, "david", "verify", "b40");
    stage.scene(
        "There is a good copy here: it is put in the place of the damaged one, which is kept.");
    stage.run(ExitCode.DONE, "david", "verify", "b40", "--repair");
    stage.scene("Now it can be released here.");
    stage.run(ExitCode.DONE, "david", "archive", "b40");
    stage.run(ExitCode.DONE, "david", "manifest");
  }

  private void unplugged() throws IOException {
    stage.scene("The SSD is in the drawer. In which project did he say that about mailing links?");
    team.unplug();
    stage.run(ExitCode.DONE, "david", "find", "mail", "links");
    stage.scene("What is there of b63, and what comes next?");
    stage.run(ExitCode.DONE, "david", "show", "b63", "--limit", "3");
  }
}
