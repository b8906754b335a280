"""Holds roll-outs of `driftlab rollout` against recordings of DIAMOND's own preprocessing: check.py DRIFTLAB RECORDING.json FOLDER"""
import csv
import hashlib
import json
import subprocess
import sys

import numpy as np

driftlab, recording, folder = sys.argv[1:]
wanted = json.load(open(recording))
with open(f"{folder}.actions", "w") as file:
    file.writelines(f"{action}\n" for action in wanted["actions"])
subprocess.run([driftlab, "rollout", "--game", f"ale/{wanted['game']}", "--seed", str(wanted["seed"]), "--actions", f"{folder}.actions", "--out", folder], check=True, stdout=subprocess.DEVNULL)

frames = np.load(f"{folder}/frames.npy")
rows = list(csv.DictReader(open(f"{folder}/actions.csv")))
found = {
    "frames": [hashlib.sha256(frame.tobytes()).hexdigest()[:16] for frame in frames],
    "reward": [float(row["reward"]) for row in rows],
    "end": [row["end"] == "1" for row in rows],
    "rare": [row["rare"] == "1" for row in rows],
}
wanted["rare"] = [reward != 0 or lost for reward, lost in zip(wanted["reward"], wanted["life_loss"])]
wrong = [name for name, values in found.items() if values != wanted[name]]
if wrong:
    print(f"{wanted['game']}: {', '.join(wrong)} differ from DIAMOND's preprocessing ({len(frames)} frames)")
    sys.exit(1)
print(f"{wanted['game']}: {len(frames)} frames, rewards, ends and lost lives are DIAMOND's")
