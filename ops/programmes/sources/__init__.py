"""Sources (数据来源): where each indicator's figure comes from, and how good it is."""
