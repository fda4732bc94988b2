package dev.vat.cli;

import dev.vat.settings.Setting;
import java.io.IOException;
import java.time.Duration;

/// The years of a project in the demo: from the SSD to S3, by itself to Deep Archive, and home
/// again. Time passes in seconds; everything else is real.
final class DemoCloud {
  static final String BUCKET = "demo-video-archive";

  private static final String RECORDING = "b63-flivideo/recordings/take-1.mp4";

  private final DemoStage stage;
  private final DemoTeam team;

  DemoCloud(DemoStage stage) {
    this.stage = stage;
    this.team = stage.team();
  }

  void play() throws IOException {
    backup();
    years();
    home();
    emptyComputer();
  }

  private void backup() throws IOException {
    stage.scene(
        "Drives die. David gets a bucket for archives ready: it will freeze old ones by itself."
            + " (The demo's server has no TLS and no versions, and vat says so.)");
    team.plugInAgain();
    team.set("david", Setting.S3_ARCHIVE_BUCKET, BUCKET);
    stage.run(ExitCode.DONE, "david", "cloud", "setup", "--yes");
    stage.scene("b63 goes to S3. When S3 has proven that it has all of it, the SSD is made free.");
    stage.run(ExitCode.DONE, "david", "backup", "b63", "--dry-run");
    stage.run(ExitCode.DONE, "david", "backup", "b63", "--delete-local");
  }

  private void years() throws IOException {
    stage.scene("Half a year passes. The bucket has moved it to Glacier Deep Archive by itself.");
    team.pass(Duration.ofDays(182));
    stage.run(ExitCode.DONE, "david", "manifest");
    stage.run(ExitCode.DONE, "david", "list");
    stage.scene("What does that cost, with real sizes?");
    stage.run(ExitCode.DONE, "david", "estimate", "--total", "400GB", "--split", "100,100,200");
  }

  private void home() throws IOException {
    stage.scene(
        "A client wants a new cut. Frozen files have to be thawed, which costs and takes time.");
    stage.run(ExitCode.THAW, "david", "restore", "b63");
    stage.run(ExitCode.THAW, "david", "restore", "b63", "--glacier", "--tier", "bulk", "--yes");
    stage.scene("Two days later it is thawed. The same command as before brings it home now.");
    team.pass(Duration.ofHours(49));
    stage.run(ExitCode.DONE, "david", "restore", "--check-status");
    stage.run(ExitCode.DONE, "david", "restore", "b63");
    if (!team.isAs("david", RECORDING, "draft.mp4")) {
      throw DemoStage.failed("the recording did not come home as it was");
    }
    stage.scene("Byte for byte as he recorded it.");
    stage.run(ExitCode.DONE, "david", "list");
  }

  private void emptyComputer() throws IOException {
    stage.scene(
        "And if all computers are gone? On a new one with nothing but settings, the bucket tells"
            + " what there is, and what was said.");
    team.join("mary");
    team.set("mary", Setting.S3_ARCHIVE_BUCKET, BUCKET);
    stage.run(ExitCode.DONE, "mary", "cloud", "adopt");
    stage.run(ExitCode.DONE, "mary", "find", "mail", "links");
  }
}
