import { describe, expect, it } from "vitest";
import { forbiddenName } from "./forbidden-names.ts";

describe("forbiddenName", () => {
  it.each([
    "total_positive_nodes",
    "Number of nodes examined",
    "NodesRemoved",
    "lymph nodes (total)",
    "pN",
    "pN1a",
    "N stage",
    "ypN stage",
    "TNM",
    "AJCC stage",
    "stage",
    "NSLN count",
    "non-sentinel nodes positive",
    "ALND nodes",
    "adjuvant chemotherapy",
    "radiotherapy given",
    "recurrence",
    "overall survival",
    "os_months",
    "follow-up (months)",
    "Rezidiv",
    "befallene Lymphknoten",
    "Lymphknoten entfernt",
    "Bestrahlung",
    "Chemotherapie",
    "阳性淋巴结数",
    "淋巴结清扫数",
    "非前哨淋巴结转移",
    "复发",
    "化疗",
    "病理分期",
  ])("names what follows the outcome: %s", (name) => {
    expect(forbiddenName(name)).not.toBeNull();
  });

  it.each([
    "age",
    "sln_positive",
    "number of positive sentinel nodes",
    "sentinel nodes removed",
    "前哨淋巴结阳性数",
    "Wächterlymphknoten positiv",
    "suspicious_nodes",
    "number of suspicious nodes on ultrasound",
    "us_ln_count",
    "palpable nodes",
    "t_stage",
    "clinical T stage",
    "cN",
    "cN stage",
    "neoadjuvant chemotherapy",
    "prior radiotherapy",
    "osteoporosis",
    "postmenopausal",
    "cortical thickness",
    "family history of breast cancer",
    "multifocal",
    "grade",
  ])("says nothing against what is known before: %s", (name) => {
    expect(forbiddenName(name)).toBeNull();
  });

  it("asks the label too", () => {
    expect(forbiddenName("x17", "Number of nodes examined")).not.toBeNull();
  });
});
