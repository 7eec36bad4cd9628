"""Words that a regime's data may use for its steps and levels."""

LEVELS = ("commune", "district", "province", "centre")
STEP_KINDS = ("check", "assessment")
COUNTINGS = ("working", "calendar")
MARKS = {
    "V": "Đọc nguyên văn",
    "S": "Nguồn thứ cấp",
    "R": "Cách hiểu của chúng tôi",
    "U": "Chưa kiểm chứng",
}
STEP_ROLES = {
    "commune_officer": "cán bộ",
    "lead_officer": "cơ quan tham mưu quản lý OCOP",
}
RECEIPTS = ("electronic", *LEVELS)  # who gives a receipt number: the system at submission, or the office of a level
CODE_FIELDS = ("province", "district", "commune", "seq", "year")
NUMBER_FIELDS = ("seq", "year")  # what the number of a certificate may be made of
CONSEQUENCE_NAMES = {
    "no_certificate": "Không đủ điều kiện công nhận",
    "rejected": "Bị loại",
    "forward": "Chuyển cấp trên",
    "return": "Trả kết quả về cấp dưới",
    "rerun": "Kết quả cấp trên trả về",
    "notice": "Thông báo kết quả",
}
LEVEL_NAMES = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh", "centre": "cấp Trung ương"}
COUNTING_WORDS = {"working": "ngày làm việc", "calendar": "ngày"}
STEP_KIND_NAMES = {"check": "kiểm tra đủ hồ sơ", "assessment": "đánh giá nội dung, không chấm điểm"}
